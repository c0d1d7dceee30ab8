import type { TradeSummary } from './trade-summary.js';

/** Winning trades over all closed trades; a break-even trade is no win. */
export function winRate(trades: TradeSummary): number {
  return trades.wins / trades.count;
}

/** Money won over money lost. NaN where nothing was lost: no number is right, and a large one would win every search. */
export function profitFactor(trades: TradeSummary): number {
  return trades.grossLoss > 0 ? trades.grossProfit / trades.grossLoss : NaN;
}

/** The same of returns on the value at entry instead of money, so that each trade weighs alike. */
export function profitFactorOfReturns(trades: TradeSummary): number {
  return trades.returnsLost > 0 ? trades.returnsWon / trades.returnsLost : NaN;
}

/** Mean win over mean loss. NaN without both. */
export function payoffRatio(trades: TradeSummary): number {
  if (trades.wins === 0 || trades.losses === 0) return NaN;
  return trades.grossProfit / trades.wins / (trades.grossLoss / trades.losses);
}

/** Van Tharp's system quality number: root n times mean over sample deviation of P&L. `most` caps n (100 is usual). */
export function systemQuality(trades: TradeSummary, most = Infinity): number {
  if (!(trades.pnlDeviation > 0)) return NaN;
  return (Math.sqrt(Math.min(trades.count, most)) * trades.meanPnl) / trades.pnlDeviation;
}

/** Kelly's fraction for a bet that wins W of the time and pays the payoff ratio R: W - (1 - W) / R. NaN without wins and losses. */
export function kelly(trades: TradeSummary): number {
  const won = winRate(trades);
  return won - (1 - won) / payoffRatio(trades);
}
