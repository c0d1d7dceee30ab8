import type { Bars } from '../bars.js';
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
 * A stop or limit filled within a bar is taken the same way: what the bar did before and after it is not known.
 */
export function tradeExcursions(trades: Trades, series: readonly Bars[], fill: FillModel): Excursions {
  const { length, entryBar, exitBar, entryPrice, exitPrice, size, open } = trades;
  const adverse = new Float64Array(length);
  const favourable = new Float64Array(length);
  const later = fill === 'this-close' ? 1 : 0;
  const tables = isCrowded(trades, series) ? series.map(({ high, low }) => new RangeExtremes(high, low)) : null;
  for (let i = 0; i < length; i++) {
    const { high, low } = series[trades.series[i]!]!;
    const from = entryBar[i]! + later;
    const to = exitBar[i]! + (open[i] === 1 ? 1 : later);
    const entry = entryPrice[i]!;
    const exit = exitPrice[i]!;
    let top = exit > entry ? exit : entry;
    let bottom = exit < entry ? exit : entry;
    if (tables && from < to) {
      const table = tables[trades.series[i]!]!;
      top = Math.max(top, table.highest(from, to));
      bottom = Math.min(bottom, table.lowest(from, to));
    } else {
      for (let bar = from; bar < to; bar++) {
        const h = high[bar]!;
        const l = low[bar]!;
        if (h > top) top = h;
        if (l < bottom) bottom = l;
      }
    }
    const isLong = size[i]! > 0;
    adverse[i] = (isLong ? bottom - entry : entry - top) / entry;
    favourable[i] = (isLong ? top - entry : entry - bottom) / entry;
  }
  return { adverse, favourable };
}

function isCrowded({ length, entryBar, exitBar }: Trades, series: readonly Bars[]): boolean {
  let held = 0;
  for (let i = 0; i < length; i++) held += exitBar[i]! - entryBar[i]!;
  return held > crowded * (series[0]?.length ?? 0);
}
