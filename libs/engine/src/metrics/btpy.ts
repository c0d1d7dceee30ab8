import type { Metric } from '../metric.js';
import type { Bars } from '../bars.js';
import type { Trades } from '../results.js';
import { dayReturns, peerDrawdowns, roundUp, medianGap } from './btpy-parts.js';
import type { MetricsInput } from './input.js';
import { cagr } from './growth.js';
import { durationInDays, MetricList } from './metric-list.js';
import type { RunStudy } from './run-study.js';
import { btpyDefinitions } from './btpy-definitions.js';
import { meanOf, sumOf } from './sum.js';
import { summariseTrades, type TradeSummary } from './trade-summary.js';
import { tradesByMoment } from '../trades-by-moment.js';

/**
 * The statistics of backtesting.py 0.6.6, number for number, fractions instead of percent and no risk-free rate.
 * What differs from v1: annual figures compound daily returns and their variance, the profit factor is one of trade
 * returns, alpha is not annual, a trade still open at the end is not counted.
 */
export function btpyMetrics({ run, clock: bars }: RunStudy, input: MetricsInput): Metric[] {
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
  const list = new MetricList(btpyDefinitions);

  list.add('totalReturn', total, 'last over first equity');
  list.add('annualReturn', annual, basis);
  list.add('cagr', cagr(equity[last]! / equity[0]!, bars.time[0]!, bars.time[last]!), 'calendar years of 365.25 days');
  list.add('volatility', volatility, `compounded, ${basis}`);
  list.add('maxDrawdown', falls.deepest > 0 ? -falls.deepest : 0, 'every bar');
  list.add('averageDrawdown', -falls.meanDepth, 'every bar');
  list.add('longestDrawdown', durationInDays(roundUp(falls.longest, gap)), 'every bar');
  list.add('averageDrawdownDuration', durationInDays(roundUp(falls.meanDuration, gap)), 'every bar');
  list.add('sharpe', annual / (volatility || NaN), 'annual return over volatility');
  list.add('sortino', annual / (downside(returns) * Math.sqrt(perYear)), basis);
  list.add('calmar', annual / (falls.deepest || NaN), 'annual return over max. drawdown');
  addTrades(list, closed, gap);
  list.add('duration', durationInDays(bars.time[last]! - bars.time[0]!), 'first to last bar');
  list.add('finalEquity', equity[last]!, 'last bar');
  list.add('peakEquity', falls.peak, 'every bar');
  list.add('commissions', closed.commission, 'closed trades');
  list.add(
    'timeInMarket',
    exposureTime(tradesByMoment(trades, run.bars, bars), bars),
    'bars from entry to exit, both counted',
  );
  list.add('benchmarkReturn', held, `${bars.symbol}, from bar ${input.warmup ?? 0}`);
  list.add('alpha', total - beta * held, 'total returns, not annual');
  list.add('beta', beta, 'log returns of every bar');
  return list.metrics;
}

function addTrades(list: MetricList<keyof typeof btpyDefinitions>, closed: TradeSummary, gap: number): void {
  const won = closed.wins / closed.count;
  const payoff = closed.grossProfit / closed.wins / (closed.grossLoss / closed.losses);
  list.add('trades', closed.count, 'closed trades');
  list.add('winRate', won, 'net P&L');
  list.add('bestTrade', closed.bestReturn, 'return on the value at entry');
  list.add('worstTrade', closed.worstReturn, 'return on the value at entry');
  list.add('averageTrade', closed.worstReturn <= -1 ? 0 : closed.geometricReturn, 'geometric');
  list.add('longestDuration', durationInDays(roundUp(closed.longestDuration, gap)), 'entry to exit');
  list.add('averageDuration', durationInDays(roundUp(closed.meanDuration, gap)), 'entry to exit');
  list.add('profitFactor', closed.returnsWon / (closed.returnsLost || NaN), 'sums of trade returns');
  list.add('expectancy', closed.meanReturn, 'mean trade return');
  list.add('sqn', (Math.sqrt(closed.count) * closed.meanPnl) / (closed.pnlDeviation || NaN), 'net P&L');
  list.add('kelly', won - (1 - won) / payoff, 'net P&L');
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
