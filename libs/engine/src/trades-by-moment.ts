import type { Bars } from './bars.js';
import { momentsOf } from './basket.js';
import type { Pace } from './pace.js';
import type { Trades } from './results.js';

/**
 * Trades count bars along their own series, equity along the moments of the run; where there are several series that
 * differs. Answers the trades with entries and exits as moments.
 */
export function tradesByMoment<T extends Trades>(trades: T, bars: readonly Bars[], pace: Pace): T {
  if (bars.length === 1) return trades;
  const moments = new Map<number, Int32Array>();
  const momentOf = (series: number, bar: number): number => {
    const known = moments.get(series) ?? momentsOf(bars[series]!, pace);
    moments.set(series, known);
    return known[bar]!;
  };
  const { length, series } = trades;
  const along = (column: Int32Array) => column.subarray(0, length).map((bar, i) => momentOf(series[i]!, bar));
  return { ...trades, entryBar: along(trades.entryBar), exitBar: along(trades.exitBar) };
}
