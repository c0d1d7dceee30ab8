import type { Metric } from '../metric.js';
import type { Bars } from '../bars.js';
import type { Trades } from '../results.js';
import { dayReturns, peerDrawdowns, roundUp, medianGap } from './btpy-parts.js';
import type { MetricsInput } from './input.js';
import { cagr } from './growth.js';
import { durationInDays, metricList } from './metric-list.js';
import { meanOf, sumOf } from './sum.js';
import { summariseTrades, type TradeSummary } from './trade-summary.js';

/**
 * The statistics of backtesting.py 0.6.6, number for number, fractions instead of percent and no risk-free rate.
 * What differs from v1: annual figures compound daily returns and their variance, the profit factor is one of trade
 * returns, alpha is not annual, a trade still open at the end is not counted.
 */
export function btpyMetrics(input: MetricsInput): Metric[] {
  const bars = input.bars[0];
  if (!bars || bars.length === 0) return [];
  const { equity, trades } = input.result;
  const last = bars.length - 1;
  const { returns, perYear, basis } = dayReturns(bars, equity);
  const growth = geometricMean(returns);
  const annual = (1 + growth) ** perYear - 1;
  const volatility = Math.sqrt((varianceOf(returns) + (1 + growth) ** 2) ** perYear - (1 + growth) ** (2 * perYear));
  const total = (equity[last]! - equity[0]!) / equity[0]!;
  const falls = peerDrawdowns(equity, bars.time);
  const start = bars.close[input.warmup ?? 0] ?? NaN;
  const held = (bars.close[last]! - start) / start;
  const beta = logBeta(equity, bars.close);
  const gap = medianGap(bars.time);
  const closed = summariseTrades(trades);
  const list = metricList();

  list.add('return', 'totalReturn', 'Return', total, 'fraction', 'last over first equity');
  list.add('return', 'annualReturn', 'Return (ann.)', annual, 'fraction', basis);
  list.add(
    'return',
    'cagr',
    'CAGR',
    cagr(equity[last]! / equity[0]!, bars.time[0]!, bars.time[last]!),
    'fraction',
    'calendar years of 365.25 days',
  );
  list.add('risk', 'volatility', 'Volatility (ann.)', volatility, 'fraction', `compounded, ${basis}`);
  list.add('risk', 'maxDrawdown', 'Max. drawdown', falls.deepest > 0 ? -falls.deepest : 0, 'fraction', 'every bar');
  list.add('risk', 'averageDrawdown', 'Avg. drawdown', -falls.meanDepth, 'fraction', 'every bar');
  list.add(
    'risk',
    'longestDrawdown',
    'Max. drawdown duration',
    durationInDays(roundUp(falls.longest, gap)),
    'days',
    'every bar',
  );
  list.add(
    'risk',
    'averageDrawdownDuration',
    'Avg. drawdown duration',
    durationInDays(roundUp(falls.meanDuration, gap)),
    'days',
    'every bar',
  );
  list.add('ratio', 'sharpe', 'Sharpe ratio', annual / (volatility || NaN), 'ratio', 'annual return over volatility');
  list.add('ratio', 'sortino', 'Sortino ratio', annual / (downside(returns) * Math.sqrt(perYear)), 'ratio', basis);
  list.add(
    'ratio',
    'calmar',
    'Calmar ratio',
    annual / (falls.deepest || NaN),
    'ratio',
    'annual return over max. drawdown',
  );
  addTrades(list, closed, trades, gap);
  list.add(
    'account',
    'duration',
    'Duration',
    durationInDays(bars.time[last]! - bars.time[0]!),
    'days',
    'first to last bar',
  );
  list.add('account', 'finalEquity', 'Equity final', equity[last]!, 'currency', 'last bar');
  list.add('account', 'peakEquity', 'Equity peak', falls.peak, 'currency', 'every bar');
  list.add('account', 'commissions', 'Commissions', commissionsOf(trades), 'currency', 'closed trades');
  list.add(
    'account',
    'timeInMarket',
    'Exposure time',
    exposureTime(trades, bars),
    'fraction',
    'bars from entry to exit, both counted',
  );
  list.add(
    'benchmark',
    'benchmarkReturn',
    'Buy & hold return',
    held,
    'fraction',
    `${bars.symbol}, from bar ${input.warmup ?? 0}`,
  );
  list.add('benchmark', 'alpha', 'Alpha', total - beta * held, 'fraction', 'total returns, not annual');
  list.add('benchmark', 'beta', 'Beta', beta, 'ratio', 'log returns of every bar');
  return list.done();
}

function addTrades(list: ReturnType<typeof metricList>, closed: TradeSummary, trades: Trades, gap: number): void {
  const { gains, losses } = returnSums(trades);
  const won = closed.wins / closed.count;
  const payoff = closed.grossProfit / closed.wins / (closed.grossLoss / closed.losses);
  list.add('trade', 'trades', '# Trades', closed.count, 'count', 'closed trades');
  list.add('trade', 'winRate', 'Win rate', won, 'fraction', 'net P&L');
  list.add('trade', 'bestTrade', 'Best trade', closed.bestReturn, 'fraction', 'return on the value at entry');
  list.add('trade', 'worstTrade', 'Worst trade', closed.worstReturn, 'fraction', 'return on the value at entry');
  list.add(
    'trade',
    'averageTrade',
    'Avg. trade',
    closed.worstReturn <= -1 ? 0 : closed.geometricReturn,
    'fraction',
    'geometric',
  );
  list.add(
    'trade',
    'longestDuration',
    'Max. trade duration',
    durationInDays(roundUp(closed.longestDuration, gap)),
    'days',
    'entry to exit',
  );
  list.add(
    'trade',
    'averageDuration',
    'Avg. trade duration',
    durationInDays(roundUp(closed.meanDuration, gap)),
    'days',
    'entry to exit',
  );
  list.add('trade', 'profitFactor', 'Profit factor', gains / (losses || NaN), 'ratio', 'sums of trade returns');
  list.add('trade', 'expectancy', 'Expectancy', closed.meanReturn, 'fraction', 'mean trade return');
  list.add(
    'trade',
    'sqn',
    'SQN',
    (Math.sqrt(closed.count) * closed.meanPnl) / (closed.pnlDeviation || NaN),
    'ratio',
    'net P&L',
  );
  list.add('trade', 'kelly', 'Kelly criterion', won - (1 - won) / payoff, 'ratio', 'net P&L');
}

/** exp of the mean log, less 1; 0 where anything lost all. */
function geometricMean(returns: Float64Array): number {
  const logs = returns.map((r) => Math.log(1 + r));
  if (returns.some((r) => r <= -1)) return 0;
  return Math.exp(sumOf(logs) / returns.length) - 1;
}

function varianceOf(returns: Float64Array): number {
  const mean = meanOf(returns);
  return sumOf(returns.map((r) => (r - mean) ** 2)) / (returns.length - 1);
}

function downside(returns: Float64Array): number {
  return Math.sqrt(meanOf(returns.map((r) => Math.min(r, 0) ** 2)));
}

function logBeta(equity: Float64Array, close: Float64Array): number {
  const n = equity.length - 1;
  if (n < 2) return NaN;
  const own = new Float64Array(n);
  const market = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    own[i] = Math.log(equity[i + 1]! / equity[i]!);
    market[i] = Math.log(close[i + 1]! / close[i]!);
  }
  const ownMean = meanOf(own);
  const marketMean = meanOf(market);
  let both = 0;
  let theirs = 0;
  for (let i = 0; i < n; i++) {
    both += (own[i]! - ownMean) * (market[i]! - marketMean);
    theirs += (market[i]! - marketMean) ** 2;
  }
  return both / theirs;
}

function returnSums(trades: Trades): { gains: number; losses: number } {
  let gains = 0;
  let losses = 0;
  for (let i = 0; i < trades.length; i++) {
    if (trades.open[i] === 1) continue;
    const r = trades.returns[i]!;
    if (r > 0) gains += r;
    else losses -= r;
  }
  return { gains, losses };
}

function commissionsOf(trades: Trades): number {
  let paid = 0;
  for (let i = 0; i < trades.length; i++) if (trades.open[i] !== 1) paid += trades.commission[i]!;
  return paid;
}

/** Share of bars from a trade's entry to its exit, both counted, over all closed trades. */
function exposureTime(trades: Trades, bars: Bars): number {
  const changes = new Int32Array(bars.length + 1);
  for (let i = 0; i < trades.length; i++) {
    if (trades.open[i] === 1) continue;
    changes[trades.entryBar[i]!]! += 1;
    changes[trades.exitBar[i]! + 1]! -= 1;
  }
  let open = 0;
  let held = 0;
  for (let i = 0; i < bars.length; i++) {
    open += changes[i]!;
    if (open > 0) held++;
  }
  return held / bars.length;
}
