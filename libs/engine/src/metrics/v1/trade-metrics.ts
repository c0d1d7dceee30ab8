import type { Metric } from '../../metric.js';
import { define } from '../definition.js';
import { durationInDays, MetricList } from '../metric-list.js';
import { rMultiples } from '../r-multiples.js';
import type { RunStudy } from '../run-study.js';
import { kelly, payoffRatio, profitFactor, profitFactorOfReturns, systemQuality, winRate } from '../trade-ratios.js';
import { tradeSides, type TradeSide } from '../trade-sides.js';
import { summariseTrades, type TradeSummary } from '../trade-summary.js';

const matching = 'First in, first out; a part that is closed is a trade of its own.';
const tharp = 'Van Tharp, Trade Your Way to Financial Freedom (1998).';
const thorp = 'Kelly, Bell System Technical Journal 35 (1956); Thorp (1969).';

export const tradeDefinitions = define('trade', {
  trades: ['Closed trades', 'count', '#trades closed', matching],
  openTrades: [
    'Open at the end',
    'count',
    '#trades still open on the last bar',
    'Marked at the last close, in no trade figure.',
  ],
  winRate: ['Win rate', 'fraction', '#(p > 0) / #trades', 'A trade that broke even is no win.'],
  breakEvenTrades: [
    'Break-even trades',
    'count',
    '#(p = 0)',
    'Counted apart, so that wins and losses need not add up to all.',
  ],
  profitFactor: [
    'Profit factor',
    'ratio',
    'Σ p⁺ / |Σ p⁻|; NaN if nothing was lost',
    'Schwager; in money, as Lean, without its cap of 10.',
  ],
  profitFactorOfReturns: [
    'Profit factor (trade returns)',
    'ratio',
    'Σ q⁺ / |Σ q⁻|',
    'As backtesting.py: each trade weighs alike.',
  ],
  profitFactorOfPeriods: [
    'Profit factor (periods)',
    'ratio',
    'Σ r⁺ / |Σ r⁻| over samples',
    'As quantstats profit_factor: returns of the account, not trades.',
  ],
  payoffRatio: ['Payoff ratio', 'ratio', 'mean(p⁺) / |mean(p⁻)|', 'Average win over average loss.'],
  expectancy: ['Expectancy', 'currency', 'mean(p)', tharp],
  averageWin: ['Average win', 'currency', 'mean(p⁺)', 'Of trades with p > 0.'],
  averageLoss: ['Average loss', 'currency', 'mean(p⁻)', 'Of trades with p < 0.'],
  averageTrade: ['Average trade', 'fraction', 'mean(q), q = p / value at entry', 'Arithmetic.'],
  averageTradeGeometric: ['Average trade (geometric)', 'fraction', 'exp(mean(log(1 + q))) − 1', 'As backtesting.py.'],
  bestTrade: ['Best trade', 'fraction', 'max q', 'Return on the value at entry.'],
  worstTrade: ['Worst trade', 'fraction', 'min q', 'Return on the value at entry.'],
  sqn: ['SQN', 'ratio', '√n · mean(p) / s(p), s with n − 1', tharp],
  sqn100: ['SQN (n at most 100)', 'ratio', '√min(n, 100) · mean(p) / s(p)', tharp],
  kelly: ['Kelly fraction', 'fraction', 'W − (1 − W) / payoff ratio, W the win rate', thorp],
  halfKelly: ['Half Kelly', 'fraction', 'Kelly fraction / 2', thorp],
  longestWinStreak: [
    'Longest winning streak',
    'count',
    'most wins in a row',
    'In order of exit; breaking even ends a streak.',
  ],
  longestLossStreak: [
    'Longest losing streak',
    'count',
    'most losses in a row',
    'In order of exit; breaking even ends a streak.',
  ],
  averageWinStreak: ['Average winning streak', 'count', '#wins / #winning streaks', 'In order of exit.'],
  averageLossStreak: ['Average losing streak', 'count', '#losses / #losing streaks', 'In order of exit.'],
  averageDuration: ['Average duration', 'days', 'mean(time(exit) − time(entry))', 'Calendar time.'],
  medianDuration: ['Median duration', 'days', 'median(time(exit) − time(entry))', 'Calendar time.'],
  longestDuration: ['Longest duration', 'days', 'max(time(exit) − time(entry))', 'Calendar time.'],
  averageBarsHeld: ['Average bars held', 'bars', 'mean(exit bar − entry bar)', 'Bars of the run.'],
  longTrades: ['Long trades', 'count', '#(closed, bought first)', matching],
  longWinRate: ['Win rate, long', 'fraction', '#(p > 0) / #long trades', 'A trade that broke even is no win.'],
  longProfit: ['Profit, long', 'currency', 'Σ p of long trades', 'Net of commission.'],
  averageLongDuration: ['Average duration, long', 'days', 'mean over long trades', 'Calendar time.'],
  medianLongDuration: ['Median duration, long', 'days', 'median over long trades', 'Calendar time.'],
  shortTrades: ['Short trades', 'count', '#(closed, sold first)', matching],
  shortWinRate: ['Win rate, short', 'fraction', '#(p > 0) / #short trades', 'A trade that broke even is no win.'],
  shortProfit: ['Profit, short', 'currency', 'Σ p of short trades', 'Net of commission.'],
  averageShortDuration: ['Average duration, short', 'days', 'mean over short trades', 'Calendar time.'],
  medianShortDuration: ['Median duration, short', 'days', 'median over short trades', 'Calendar time.'],
  expectancyInR: ['Expectancy in R', 'ratio', 'mean(p / (units · |entry − first stop|))', tharp],
});

export function tradeMetrics(study: RunStudy): Metric[] {
  const { result } = study.run;
  const trades = summariseTrades(result.trades);
  const list = new MetricList(tradeDefinitions);
  const pnl = 'closed trades, net P&L';
  const closed = 'closed trades';
  const onEntry = 'closed trades, net, on the value at entry';
  list
    .add('trades', trades.count, closed)
    .add('openTrades', trades.open, 'marked at the last close, in no trade figure')
    .add('winRate', winRate(trades), pnl)
    .add('breakEvenTrades', trades.count - trades.wins - trades.losses, pnl)
    .add('profitFactor', profitFactor(trades), pnl)
    .add('profitFactorOfReturns', profitFactorOfReturns(trades), onEntry)
    .add(
      'profitFactorOfPeriods',
      periodFactor(study.returns),
      `${study.sampling.basis}, ${study.returns.length} returns`,
    )
    .add('payoffRatio', payoffRatio(trades), 'mean win over mean loss')
    .add('expectancy', trades.meanPnl, 'mean net P&L of a closed trade')
    .add('averageWin', trades.grossProfit / trades.wins, pnl)
    .add('averageLoss', -trades.grossLoss / trades.losses, pnl)
    .add('averageTrade', trades.meanReturn, 'mean return on the value at entry')
    .add('averageTradeGeometric', trades.geometricReturn, 'return on the value at entry')
    .add('bestTrade', trades.bestReturn, 'return on the value at entry')
    .add('worstTrade', trades.worstReturn, 'return on the value at entry')
    .add('sqn', systemQuality(trades), `${pnl}, n ${trades.count}`)
    .add('sqn100', systemQuality(trades, 100), `${pnl}, n ${Math.min(100, trades.count)}`)
    .add('kelly', kelly(trades), pnl)
    .add('halfKelly', kelly(trades) / 2, pnl);
  addStreaks(list, trades);
  addDurations(list, study, trades);
  const stops = rMultiples(result.trades, result.orders);
  if (stops.count > 0) list.add('expectancyInR', stops.mean, `${stops.count} closed trades whose first stop is known`);
  return list.metrics;
}

type TradeList = MetricList<keyof typeof tradeDefinitions>;

function addStreaks(list: TradeList, trades: TradeSummary): void {
  const closed = 'closed trades';
  list
    .add('longestWinStreak', trades.longestWinStreak, closed)
    .add('longestLossStreak', trades.longestLossStreak, closed)
    .add('averageWinStreak', trades.meanWinStreak, closed)
    .add('averageLossStreak', trades.meanLossStreak, closed);
}

function addDurations(list: TradeList, study: RunStudy, trades: TradeSummary): void {
  const { long, short, medianDuration } = tradeSides(study.run.result.trades);
  const held = 'entry to exit';
  list
    .add('averageDuration', durationInDays(trades.meanDuration), held)
    .add('medianDuration', durationInDays(medianDuration), held)
    .add('longestDuration', durationInDays(trades.longestDuration), held)
    .add('averageBarsHeld', trades.meanBars, held)
    .add('longTrades', long.count, 'closed trades')
    .add('longWinRate', rate(long), 'closed long trades, net P&L')
    .add('longProfit', long.pnl, 'closed long trades, net P&L')
    .add('averageLongDuration', durationInDays(long.meanDuration), held)
    .add('medianLongDuration', durationInDays(long.medianDuration), held)
    .add('shortTrades', short.count, 'closed trades')
    .add('shortWinRate', rate(short), 'closed short trades, net P&L')
    .add('shortProfit', short.pnl, 'closed short trades, net P&L')
    .add('averageShortDuration', durationInDays(short.meanDuration), held)
    .add('medianShortDuration', durationInDays(short.medianDuration), held);
}

function rate({ wins, count }: TradeSide): number {
  return wins / count;
}

/** Sum of gains over sum of losses; NaN where nothing was lost. */
function periodFactor(returns: Float64Array): number {
  let won = 0;
  let lost = 0;
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i]!;
    if (r > 0) won += r;
    else lost -= r;
  }
  return lost > 0 ? won / lost : NaN;
}
