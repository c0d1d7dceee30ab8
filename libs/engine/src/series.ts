/** Where a run stands within one series of bars. The run alone moves it; every Series of those bars reads it. */
export interface Cursor {
  /** How many bars there are in all. The engine's knowledge, not the strategy's. */
  readonly length: number;
  /** Index of the newest bar that is known, -1 while none is. */
  readonly index: number;
  /** False while `init` runs: there is no current bar yet, and reading one is a mistake in the strategy. */
  started: boolean;
  /** Whether anything is computed bar by bar. */
  readonly isFollowed: boolean;
  onMove(compute: () => void): void;
}

/** A cursor that is moved bar by bar. */
export class SteppingCursor implements Cursor {
  readonly length: number;
  index = -1;
  started = false;
  /** What is computed bar by bar, in the order it was built. */
  readonly #live: (() => void)[] = [];

  constructor(length: number) {
    this.length = length;
  }

  get isFollowed(): boolean {
    return this.#live.length > 0;
  }

  moveTo(index: number): void {
    this.index = index;
    for (let i = 0; i < this.#live.length; i++) this.#live[i]!();
  }

  onMove(compute: () => void): void {
    this.#live.push(compute);
  }
}

/** Inside the engine only: the whole column, future included. Throws for a series that is computed bar by bar. */
export let columnOf: (series: Series) => Float64Array;

/** Inside the engine only: the cursor that a series follows. */
export let cursorOf: (series: Series) => Cursor;

/** Inside the engine only: a series over a column of as many values as its bars have. */
export let seriesFrom: (column: Float64Array, cursor: Cursor) => Series;

/** Inside the engine only: a series whose column is filled while the run goes on, one value a bar. */
export let liveSeriesFrom: (column: Float64Array, cursor: Cursor) => Series;

/** Inside the engine only: whether `a` is above `b` now and was at or below it one bar before. False where one is NaN. */
export let crosses: (a: Series, b: Series) => boolean;

/**
 * Values along the bars, such as the closes or a moving average of them. `init` builds them, `next` reads them,
 * always relative to the current bar: there is no way to a bar that is not known yet.
 */
export class Series {
  readonly #column: Float64Array;
  readonly #cursor: Cursor;
  readonly #live: boolean;

  private constructor(column: Float64Array, cursor: Cursor, live: boolean) {
    this.#column = column;
    this.#cursor = cursor;
    this.#live = live;
  }

  /** The value at the current bar; NaN where it is not defined (an average of 20 bars on the 5th). */
  get now(): number {
    const index = this.#cursor.index;
    return index >= 0 ? this.#column[index]! : beforeFirstBar(this.#cursor);
  }

  /**
   * The value `bars` bars before the current one: `ago(0)` is `now`, `ago(1)` the bar before. NaN before the first bar.
   * @throws RangeError where `bars` is not a whole number of bars, 0 or more.
   */
  ago(bars: number): number {
    if ((bars | 0) !== bars || bars < 0) return farAgo(bars);
    const index = this.#cursor.index;
    if (index < 0) return beforeFirstBar(this.#cursor);
    return index >= bars ? this.#column[index - bars]! : NaN;
  }

  static {
    columnOf = (series) => {
      if (series.#live) {
        throw new TypeError(
          'This series is computed bar by bar (map, rolling, scan), so a ready-made indicator cannot be built on it. ' +
            'Use rolling or scan for that step too.',
        );
      }
      return series.#column;
    };
    crosses = (a, b) => {
      const { index } = a.#cursor;
      if (index < 1 || a.#cursor !== b.#cursor) return a.now > b.now && a.ago(1) <= b.ago(1);
      const above = a.#column;
      const below = b.#column;
      return above[index]! > below[index]! && above[index - 1]! <= below[index - 1]!;
    };
    cursorOf = (series) => series.#cursor;
    seriesFrom = (column, cursor) => new Series(column, cursor, false);
    liveSeriesFrom = (column, cursor) => new Series(column, cursor, true);
  }
}

function beforeFirstBar(cursor: Cursor): number {
  if (cursor.started) return NaN;
  throw new RangeError('init has no current bar: build indicators there, and read .now and .ago(n) in next.');
}

function farAgo(bars: number): number {
  if (Number.isInteger(bars) && bars > 0) return NaN;
  throw new RangeError(`ago(${bars}): the number of bars back must be a whole number, 0 or more.`);
}
