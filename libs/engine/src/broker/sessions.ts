import type { Bars } from '../bars.js';
import { Calendar } from '../calendar.js';

/**
 * Which bars begin and which end a session: a day in the dataset's zone. A bar of a day or longer is a session of its
 * own. A day's last bar ends it, early closes included: bars carry no schedule of closes, so that a bar was the last is known
 * by the next one alone, and of the last bar of the data it is not known.
 */
export class Sessions {
  readonly #bars: Bars;
  /** Bars that begin a session, in order; null where every bar does. */
  #starts: Int32Array | null = null;

  constructor(bars: Bars) {
    this.#bars = bars;
  }

  /** The first bar from `bar` on that begins a session; Infinity where there is none. */
  openFrom(bar: number): number {
    if (this.#eachIsOne) return this.#existing(bar);
    const starts = this.#known();
    return starts[firstFrom(starts, bar)] ?? Infinity;
  }

  /** The first bar from `bar` on that is known to end a session; Infinity where there is none. */
  closeFrom(bar: number): number {
    if (this.#eachIsOne) return this.#existing(bar);
    return this.nextAfter(bar) - 1;
  }

  /** The first bar of the session after the one that `bar` belongs to; Infinity where there is none. */
  nextAfter(bar: number): number {
    return this.openFrom(bar + 1);
  }

  get #eachIsOne(): boolean {
    return /(d|w|mo)$/.test(this.#bars.interval);
  }

  #existing(bar: number): number {
    return bar < this.#bars.length ? bar : Infinity;
  }

  #known(): Int32Array {
    if (this.#starts) return this.#starts;
    const { time, length, zone } = this.#bars;
    const calendar = new Calendar(zone);
    const starts: number[] = [];
    let before = NaN;
    for (let bar = 0; bar < length; bar++) {
      const day = calendar.day(time[bar]!);
      if (day !== before) starts.push(bar);
      before = day;
    }
    return (this.#starts = Int32Array.from(starts));
  }
}

/** Index of the first value that is `from` or more, in values that rise. */
function firstFrom(values: Int32Array, from: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
