import type { Trades } from '../results.js';

/** Sums over the closed trades of a run, from which the trade figures derive. P&L is net, in currency. */
export interface TradeSummary {
  readonly count: number;
  /** Trades still open at the end: marked, and in none of the figures below. */
  readonly open: number;
  readonly wins: number;
  readonly losses: number;
  readonly grossProfit: number;
  /** > 0. */
  readonly grossLoss: number;
  readonly meanPnl: number;
  /** Sample standard deviation (ddof 1) of P&L. */
  readonly pnlDeviation: number;
  readonly meanReturn: number;
  /** Sums of the returns above zero, and of those below as a number > 0. */
  readonly returnsWon: number;
  readonly returnsLost: number;
  /** exp of the mean log of 1 + return, less 1; NaN once a trade lost everything or more. */
  readonly geometricReturn: number;
  readonly bestReturn: number;
  readonly worstReturn: number;
  readonly longestWinStreak: number;
  readonly longestLossStreak: number;
  readonly meanWinStreak: number;
  readonly meanLossStreak: number;
  /** µs. */
  readonly meanDuration: number;
  readonly longestDuration: number;
  readonly meanBars: number;
  /** Of both sides, in currency. */
  readonly commission: number;
}

/** NaN wherever there is nothing to take a mean of. A break-even trade is neither win nor loss and ends both streaks. */
export function summariseTrades(trades: Trades): TradeSummary {
  const { length, pnl, returns, open, entryTime, exitTime, entryBar, exitBar, commission } = trades;
  let count = 0;
  let wins = 0;
  let losses = 0;
  let grossProfit = 0;
  let grossLoss = 0;
  let squares = 0;
  let returnsWon = 0;
  let returnsLost = 0;
  let growth = 1;
  let logSum = 0;
  let best = -Infinity;
  let worst = Infinity;
  let winStreak = 0;
  let lossStreak = 0;
  let winStreaks = 0;
  let lossStreaks = 0;
  let longestWinStreak = 0;
  let longestLossStreak = 0;
  let duration = 0;
  let longestDuration = 0;
  let barCount = 0;
  let fees = 0;
  for (let i = 0; i < length; i++) {
    if (open[i] === 1) continue;
    count++;
    const gain = pnl[i]!;
    if (gain > 0) {
      wins++;
      grossProfit += gain;
      lossStreak = 0;
      if (winStreak++ === 0) winStreaks++;
      if (winStreak > longestWinStreak) longestWinStreak = winStreak;
    } else {
      winStreak = 0;
      if (gain < 0) {
        losses++;
        grossLoss -= gain;
        if (lossStreak++ === 0) lossStreaks++;
        if (lossStreak > longestLossStreak) longestLossStreak = lossStreak;
      } else lossStreak = 0;
    }
    const r = returns[i]!;
    if (r > 0) returnsWon += r;
    else returnsLost -= r;
    growth *= 1 + r;
    if (!(growth > 1e-200 && growth < 1e200)) {
      logSum += Math.log(growth);
      growth = 1;
    }
    if (r > best) best = r;
    if (r < worst) worst = r;
    const lasted = exitTime[i]! - entryTime[i]!;
    duration += lasted;
    if (lasted > longestDuration) longestDuration = lasted;
    barCount += exitBar[i]! - entryBar[i]!;
    fees += commission[i]!;
  }
  const meanPnl = (grossProfit - grossLoss) / count;
  for (let i = 0; i < length; i++) {
    if (open[i] === 1) continue;
    const apart = pnl[i]! - meanPnl;
    squares += apart * apart;
  }
  return {
    count,
    open: length - count,
    wins,
    losses,
    grossProfit,
    grossLoss,
    meanPnl,
    pnlDeviation: count > 1 ? Math.sqrt(squares / (count - 1)) : NaN,
    meanReturn: (returnsWon - returnsLost) / count,
    returnsWon,
    returnsLost,
    geometricReturn: count > 0 && worst > -1 ? Math.expm1((logSum + Math.log(growth)) / count) : NaN,
    bestReturn: count > 0 ? best : NaN,
    worstReturn: count > 0 ? worst : NaN,
    longestWinStreak,
    longestLossStreak,
    meanWinStreak: wins / winStreaks,
    meanLossStreak: losses / lossStreaks,
    meanDuration: duration / count,
    longestDuration: count > 0 ? longestDuration : NaN,
    meanBars: barCount / count,
    commission: fees,
  };
}
