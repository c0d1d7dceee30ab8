import { momentAtOrAfter, type Pace } from '../pace.js';

/**
 * Says which series have something to do at a moment of the run, in their order. Each series stands in one list, that of
 * the moment it waits for: to go on costs the same however many others there are, and takes no memory.
 */
export class Schedule {
  /** The series of the moment that was opened last: the first so many that `open` answered. */
  readonly due: Int32Array;
  readonly #knownAt: Float64Array;
  /** First and last series of each moment's list, -1 where it is empty; and the one that follows each series in its list. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #following: Int32Array;

  constructor(pace: Pace, series: number) {
    this.due = new Int32Array(series);
    this.#knownAt = pace.knownAt;
    this.#first = new Int32Array(pace.length).fill(-1);
    this.#last = new Int32Array(pace.length).fill(-1);
    this.#following = new Int32Array(series).fill(-1);
  }

  /** Takes a moment's list off: answers how many series it has. */
  open(moment: number): number {
    let count = 0;
    for (let series = this.#first[moment]!; series >= 0; series = this.#following[series]!) this.due[count++] = series;
    return count;
  }

  /** Puts a series down for the first moment at or after an instant, from moment `from` on; for none where there is none. */
  expect(series: number, instant: number, from: number): void {
    const known = this.#knownAt;
    if (from >= known.length || instant === Infinity) return;
    const moment = known[from]! >= instant ? from : momentAtOrAfter(known, instant, from);
    if (moment < known.length) this.#insert(series, moment);
  }

  #insert(series: number, moment: number): void {
    const following = this.#following;
    const first = this.#first[moment]!;
    const last = this.#last[moment]!;
    if (first < 0 || series > last) {
      if (first < 0) this.#first[moment] = series;
      else following[last] = series;
      this.#last[moment] = series;
      following[series] = -1;
      return;
    }
    if (series < first) {
      following[series] = first;
      this.#first[moment] = series;
      return;
    }
    let before = first;
    while (following[before]! < series) before = following[before]!;
    following[series] = following[before]!;
    following[before] = series;
  }
}
