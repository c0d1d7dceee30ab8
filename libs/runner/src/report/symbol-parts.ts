import type { ReportSymbol } from '@quarry/contracts';
import { missingBars, type Bars, type Trades } from '@quarry/engine/host';

/** What each symbol of a run over several had and brought; nothing for a run over one. */
export function symbolParts(bars: readonly Bars[], clock: Bars, trades: Trades): ReportSymbol[] {
  if (bars.length === 1) return [];
  const counts = new Int32Array(bars.length);
  const pnl = new Float64Array(bars.length);
  for (let i = 0; i < trades.length; i++) {
    const series = trades.series[i]!;
    counts[series] = counts[series]! + 1;
    pnl[series] = pnl[series]! + trades.pnl[i]!;
  }
  return bars.map((one, series) => ({
    symbol: one.symbol,
    bars: one.length,
    missing: missingBars(one, clock),
    from: one.time[0]!,
    to: one.time[one.length - 1]!,
    delisted: one.actions?.delisting?.subarray(0, one.length).some((value) => value === value) ?? false,
    trades: counts[series]!,
    pnl: pnl[series]!,
  }));
}
