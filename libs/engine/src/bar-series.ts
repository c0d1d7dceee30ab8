import type { Bars, Interval } from './bars.js';
import type { Pace } from './pace.js';
import { type Cursor, type Series, seriesFrom, type SteppingCursor } from './series.js';

/** The moments of a run, and where it stands among them. */
export interface RunClock {
  readonly pace: Pace;
  readonly now: SteppingCursor;
}

/** Inside the engine only: the columns behind a strategy's view of them. */
export let barsOf: (view: BarSeries) => Bars;

/** Inside the engine only: the cursor that moves along a strategy's view. */
export let clockOf: (view: BarSeries) => Cursor;

/** Inside the engine only: the moments of the run that a strategy's view belongs to. */
export let runOf: (view: BarSeries) => RunClock;

/** Inside the engine only. */
export let barSeriesFrom: (bars: Bars, cursor: Cursor, run: RunClock) => BarSeries;

/**
 * One symbol's bars as a strategy sees them: columns up to the current bar, never beyond it. Prices are as the run takes
 * them (`--prices`): raw ones jump at a split, and `adjusted(bars)` has them without; adjusted ones are at levels that
 * later splits and dividends decide, so compare them with each other, not with a fixed number.
 */
export class BarSeries {
  readonly #bars: Bars;
  readonly #cursor: Cursor;
  readonly #run: RunClock;
  readonly #extra = new Map<string, Series>();

  readonly symbol: string;
  /** Length of a bar: `1m`, `1h`, `1d`. */
  readonly interval: Interval;
  /** Price at which each bar opened. */
  readonly open: Series;
  /** Highest price of each bar. */
  readonly high: Series;
  /** Lowest price of each bar. */
  readonly low: Series;
  /** Price at which each bar closed. */
  readonly close: Series;
  /** Units traded in each bar. */
  readonly volume: Series;

  private constructor(bars: Bars, cursor: Cursor, run: RunClock) {
    this.#bars = bars;
    this.#cursor = cursor;
    this.#run = run;
    this.symbol = bars.symbol;
    this.interval = bars.interval;
    this.open = seriesFrom(bars.open, cursor);
    this.high = seriesFrom(bars.high, cursor);
    this.low = seriesFrom(bars.low, cursor);
    this.close = seriesFrom(bars.close, cursor);
    this.volume = seriesFrom(bars.volume, cursor);
  }

  /** Index of the current bar, counted from this series' first bar of the run; -1 before it. */
  get index(): number {
    return this.#cursor.index;
  }

  /**
   * True where the current bar was completed at this very moment. False before the first bar, and where `next` is called
   * for another series' bar and this one, which has none, keeps its last.
   */
  get isNew(): boolean {
    const { pace, now } = this.#run;
    const { index } = this.#cursor;
    return index >= 0 && this.#bars.knownAt[index] === pace.knownAt[now.index];
  }

  /**
   * A further column of the dataset, such as `adjClose`; its corporate actions are `stockSplits` (new units for each old
   * one, 0 where none), `dividends` (cash for each unit, 0 where none) and `delisting`.
   * @throws RangeError where the dataset has no such column.
   */
  column(name: string): Series {
    const known = this.#extra.get(name);
    if (known) return known;
    const column = Object.hasOwn(this.#bars.extra, name) ? this.#bars.extra[name] : undefined;
    if (!column) {
      const names = Object.keys(this.#bars.extra).join(', ') || 'none';
      throw new RangeError(`${this.symbol} has no column "${name}". Its further columns: ${names}.`);
    }
    const series = seriesFrom(column, this.#cursor);
    this.#extra.set(name, series);
    return series;
  }

  static {
    barsOf = (view) => view.#bars;
    clockOf = (view) => view.#cursor;
    runOf = (view) => view.#run;
    barSeriesFrom = (bars, cursor, run) => new BarSeries(bars, cursor, run);
  }
}
