import { splitGrowth } from '../actions/growth.js';
import { inFirstUnits } from '../actions/in-first-units.js';
import type { Bars } from '../bars.js';
import { grown } from '../broker/columns.js';
import type { Trades } from '../results.js';
import type { FillModel } from '../settings.js';
import { RangeExtremes } from './range-extremes.js';

/** How far each trade went against and for its holder while it was held, before costs (Sweeney 1996). */
export interface Excursions {
  /** Maximum adverse excursion: the worst price over the entry's, as a fraction of the entry price, 0 or less. */
  readonly adverse: Float64Array;
  /** Maximum favourable excursion, 0 or more. */
  readonly favourable: Float64Array;
}

/** Trades that share bars many times over are looked up in a table instead of bar by bar. */
const crowded = 4;

/**
 * From the highs and lows of the bars that a trade was held over. Where orders fill at the next open, the bar of the entry
 * counts whole, from its open on, and that of the exit with the exit's price alone. Where they fill at the close of the same
 * bar, the bar of the entry does not count and that of the exit counts whole, as does the last bar of a trade still open.
 * A stop or limit filled within a bar is taken the same way: what the bar did before and after it is not known. Across a
 * split, prices are compared in terms of the first bar's units.
 */
export class ExcursionWatch {
  readonly #series: readonly Bars[];
  readonly #growths: readonly (Float64Array | null)[];
  readonly #later: number;
  #adverse: Float64Array = new Float64Array(64);
  #favourable: Float64Array = new Float64Array(64);
  #length = 0;
  #barsHeld = 0;
  #tables: readonly RangeExtremes[] | null = null;

  constructor(series: readonly Bars[], fill: FillModel) {
    this.#series = series.map(inFirstUnits);
    this.#growths = series.map(splitGrowth);
    this.#later = fill === 'this-close' ? 1 : 0;
  }

  /** Goes on with the trades that came since. */
  take(trades: Trades): void {
    if (trades.length > this.#adverse.length) this.#grow(trades.length);
    for (let i = this.#length; i < trades.length; i++) this.#look(trades, i);
    this.#length = trades.length;
  }

  /** Those of all trades. */
  study(trades: Trades): Excursions {
    this.take(trades);
    return {
      adverse: this.#adverse.subarray(0, this.#length),
      favourable: this.#favourable.subarray(0, this.#length),
    };
  }

  #look(trades: Trades, i: number): void {
    const series = trades.series[i]!;
    const from = trades.entryBar[i]! + this.#later;
    const to = trades.exitBar[i]! + (trades.open[i] === 1 ? 1 : this.#later);
    const growth = this.#growths[series];
    const units = growth ? growth[trades.exitBar[i]!]! : 1;
    const entry = trades.entryPrice[i]! * units;
    const exit = trades.exitPrice[i]! * units;
    let top = exit > entry ? exit : entry;
    let bottom = exit < entry ? exit : entry;
    this.#barsHeld += to - from;
    const table = this.#tableOf(series);
    if (table && from < to) {
      top = Math.max(top, table.highest(from, to));
      bottom = Math.min(bottom, table.lowest(from, to));
    } else {
      const { high, low } = this.#series[series]!;
      for (let bar = from; bar < to; bar++) {
        const h = high[bar]!;
        const l = low[bar]!;
        if (h > top) top = h;
        if (l < bottom) bottom = l;
      }
    }
    const isLong = trades.size[i]! > 0;
    this.#adverse[i] = (isLong ? bottom - entry : entry - top) / entry;
    this.#favourable[i] = (isLong ? top - entry : entry - bottom) / entry;
  }

  #tableOf(series: number): RangeExtremes | null {
    if (this.#tables) return this.#tables[series]!;
    if (this.#barsHeld <= crowded * this.#series[0]!.length) return null;
    this.#tables = this.#series.map(({ high, low }) => new RangeExtremes(high, low));
    return this.#tables[series]!;
  }

  #grow(needed: number): void {
    const capacity = Math.max(needed, this.#adverse.length * 2);
    this.#adverse = grown(this.#adverse, capacity);
    this.#favourable = grown(this.#favourable, capacity);
  }
}
