import type { Bars } from '../bars.js';
import type { Metric } from '../metric.js';
import { summariseDrawdowns } from './drawdown.js';
import { summariseExposure } from './exposure.js';
import { annualReturn, cagr } from './growth.js';
import type { MetricsInput } from './input.js';
import { durationInDays, metricList } from './metric-list.js';
import { momentsOf } from './moments.js';
import { omega } from './omega.js';
import { returnsAt, sampleTimes, type Sampling } from './sampling.js';
import { sharpe } from './sharpe.js';
import { sortino } from './sortino.js';
import { stability } from './stability.js';
import { ascending, historicalCVaR, historicalVaR, normalVaR, quantile, tailRatio } from './tail-risk.js';
import { kelly, payoffRatio, profitFactor, systemQuality, winRate } from './trade-ratios.js';
import { summariseTrades } from './trade-summary.js';
import { versusBenchmark } from './versus-benchmark.js';

/**
 * Quarry's own profile. Ratios, value at risk and moments look at the close of each session (of each bar where bars are
 * days or longer); drawdown and exposure look at every bar. No risk-free rate. Undefined figures are NaN.
 */
export function v1Metrics(input: MetricsInput): Metric[] {
  const bars = input.bars[0];
  if (!bars || bars.length === 0) return [];
  const sampling = sampleTimes(bars);
  return [
    ...equityMetrics(input, bars, sampling),
    ...tradeMetrics(input),
    ...accountMetrics(input),
    ...(input.benchmark === 'buy-and-hold' ? benchmarkMetrics(input, bars, sampling) : []),
  ];
}

function equityMetrics(input: MetricsInput, bars: Bars, sampling: Sampling): Metric[] {
  const { equity } = input.result;
  const { cash } = input.settings;
  const { perYear, basis } = sampling;
  const last = bars.length - 1;
  const returns = returnsAt(equity, sampling.at);
  const moments = momentsOf(returns);
  const sorted = ascending(returns);
  const falls = summariseDrawdowns(equity, bars.time, cash);
  const growth = equity[last]! / cash;
  const annual = annualReturn(returns, perYear);
  const counted = `${basis}, ${returns.length} returns`;
  const every = 'every bar, start included';
  const list = metricList();

  list.add('return', 'totalReturn', 'Total return', growth - 1, 'fraction', 'final equity over starting cash');
  list.add('return', 'annualReturn', 'Annual return', annual, 'fraction', `geometric, ${basis}`);
  list.add(
    'return',
    'cagr',
    'CAGR',
    cagr(growth, bars.knownAt[0]!, bars.knownAt[last]!),
    'fraction',
    'calendar years of 365.25 days',
  );
  list.add('return', 'bestPeriod', 'Best period', quantile(sorted, 1), 'fraction', counted);
  list.add('return', 'worstPeriod', 'Worst period', quantile(sorted, 0), 'fraction', counted);

  list.add('risk', 'volatility', 'Volatility', moments.deviation * Math.sqrt(perYear), 'fraction', counted);
  list.add('risk', 'maxDrawdown', 'Max drawdown', falls.deepest > 0 ? -falls.deepest : 0, 'fraction', every);
  list.add(
    'risk',
    'maxDrawdownToTrough',
    'Max drawdown, peak to trough',
    durationInDays(falls.toTrough),
    'days',
    every,
  );
  list.add(
    'risk',
    'maxDrawdownToRecovery',
    'Max drawdown, peak to recovery',
    durationInDays(falls.toRecovery),
    'days',
    openOr(every, falls.deepestIsOpen),
  );
  list.add(
    'risk',
    'longestDrawdown',
    'Longest drawdown',
    durationInDays(falls.longest),
    'days',
    openOr(every, falls.longestIsOpen),
  );
  list.add(
    'risk',
    'averageDrawdown',
    'Average drawdown',
    falls.meanDepth > 0 ? -falls.meanDepth : 0,
    'fraction',
    `${every}, mean of ${falls.count} falls`,
  );
  list.add(
    'risk',
    'ulcerIndex',
    'Ulcer index',
    falls.ulcerIndex,
    'fraction',
    'every bar, root mean square of drawdown',
  );
  list.add('risk', 'valueAtRisk95', 'VaR 95 % (historical)', historicalVaR(sorted), 'fraction', counted);
  list.add('risk', 'normalValueAtRisk95', 'VaR 95 % (normal)', normalVaR(moments), 'fraction', counted);
  list.add(
    'risk',
    'conditionalValueAtRisk95',
    'CVaR 95 %',
    historicalCVaR(sorted),
    'fraction',
    `historical, ${counted}`,
  );
  list.add('risk', 'skewness', 'Skewness', moments.skewness, 'ratio', `G1, ${counted}`);
  list.add('risk', 'kurtosis', 'Kurtosis', moments.excessKurtosis + 3, 'ratio', `raw (3 for a normal), ${counted}`);

  list.add('ratio', 'sharpe', 'Sharpe ratio', sharpe(moments, perYear), 'ratio', counted);
  list.add('ratio', 'sortino', 'Sortino ratio', sortino(returns, perYear), 'ratio', counted);
  list.add('ratio', 'calmar', 'Calmar ratio', over(annual, falls.deepest), 'ratio', 'annual return over max drawdown');
  list.add('ratio', 'omega', 'Omega ratio', omega(returns), 'ratio', `threshold 0, ${counted}`);
  list.add('ratio', 'tailRatio', 'Tail ratio', tailRatio(sorted), 'ratio', counted);
  list.add(
    'ratio',
    'recoveryFactor',
    'Recovery factor',
    over(growth - 1, falls.deepest),
    'ratio',
    'total return over max drawdown',
  );
  list.add('ratio', 'stability', 'Stability', stability(returns), 'ratio', `R² of log equity over time, ${counted}`);
  return list.done();
}

function tradeMetrics({ result }: MetricsInput): Metric[] {
  const trades = summariseTrades(result.trades);
  const closed = 'closed trades';
  const pnl = 'closed trades, net P&L';
  const list = metricList();
  const kellyFraction = kelly(trades);
  list.add('trade', 'trades', 'Closed trades', trades.count, 'count', closed);
  list.add(
    'trade',
    'openTrades',
    'Open at the end',
    trades.open,
    'count',
    'marked at the last close, in no trade figure',
  );
  list.add('trade', 'winRate', 'Win rate', winRate(trades), 'fraction', pnl);
  list.add('trade', 'breakEvenTrades', 'Break-even trades', trades.count - trades.wins - trades.losses, 'count', pnl);
  list.add('trade', 'profitFactor', 'Profit factor', profitFactor(trades), 'ratio', pnl);
  list.add('trade', 'payoffRatio', 'Payoff ratio', payoffRatio(trades), 'ratio', 'mean win over mean loss');
  list.add('trade', 'expectancy', 'Expectancy', trades.meanPnl, 'currency', 'mean net P&L of a closed trade');
  list.add(
    'trade',
    'averageTrade',
    'Average trade',
    trades.meanReturn,
    'fraction',
    'mean return on the value at entry',
  );
  list.add(
    'trade',
    'averageTradeGeometric',
    'Average trade (geometric)',
    trades.geometricReturn,
    'fraction',
    'return on the value at entry',
  );
  list.add('trade', 'bestTrade', 'Best trade', trades.bestReturn, 'fraction', 'return on the value at entry');
  list.add('trade', 'worstTrade', 'Worst trade', trades.worstReturn, 'fraction', 'return on the value at entry');
  list.add('trade', 'sqn', 'SQN', systemQuality(trades), 'ratio', `${pnl}, n ${trades.count}`);
  list.add('trade', 'sqn100', 'SQN (n at most 100)', systemQuality(trades, 100), 'ratio', pnl);
  list.add('trade', 'kelly', 'Kelly fraction', kellyFraction, 'fraction', pnl);
  list.add('trade', 'halfKelly', 'Half Kelly', kellyFraction / 2, 'fraction', pnl);
  list.add('trade', 'longestWinStreak', 'Longest winning streak', trades.longestWinStreak, 'count', closed);
  list.add('trade', 'longestLossStreak', 'Longest losing streak', trades.longestLossStreak, 'count', closed);
  list.add(
    'trade',
    'averageDuration',
    'Average duration',
    durationInDays(trades.meanDuration),
    'days',
    'entry to exit',
  );
  list.add(
    'trade',
    'longestDuration',
    'Longest duration',
    durationInDays(trades.longestDuration),
    'days',
    'entry to exit',
  );
  list.add('trade', 'averageBarsHeld', 'Average bars held', trades.meanBars, 'bars', 'entry to exit');
  return list.done();
}

function accountMetrics({ result, settings }: MetricsInput): Metric[] {
  const exposure = summariseExposure(result.exposure);
  const list = metricList();
  list.add('account', 'startCash', 'Starting cash', settings.cash, 'currency', 'before the first bar');
  list.add('account', 'finalEquity', 'Final equity', result.equity.at(-1) ?? NaN, 'currency', 'at the last close');
  list.add('account', 'commissions', 'Commissions', commissionsOf(result.orders), 'currency', 'all fills');
  list.add(
    'account',
    'timeInMarket',
    'Time in market',
    exposure.timeInMarket,
    'fraction',
    'bars that closed with a position',
  );
  list.add(
    'account',
    'grossExposure',
    'Gross exposure',
    exposure.gross,
    'fraction',
    'every bar, mean of |position| over equity',
  );
  list.add(
    'account',
    'netExposure',
    'Net exposure',
    exposure.net,
    'fraction',
    'every bar, mean of position over equity',
  );
  return list.done();
}

function benchmarkMetrics(input: MetricsInput, bars: Bars, sampling: Sampling): Metric[] {
  const { close, length } = bars;
  const { perYear, basis } = sampling;
  const theirs = returnsAt(close, sampling.at);
  const moments = momentsOf(theirs);
  const versus = versusBenchmark(returnsAt(input.result.equity, sampling.at), theirs, perYear);
  const total = close[length - 1]! / close[0]! - 1;
  const held = `${bars.symbol} bought at the first close and held, no costs`;
  const list = metricList();
  list.add('benchmark', 'benchmarkReturn', 'Buy and hold return', total, 'fraction', held);
  list.add(
    'benchmark',
    'benchmarkVolatility',
    'Buy and hold volatility',
    moments.deviation * Math.sqrt(perYear),
    'fraction',
    basis,
  );
  list.add('benchmark', 'benchmarkSharpe', 'Buy and hold Sharpe', sharpe(moments, perYear), 'ratio', basis);
  list.add(
    'benchmark',
    'benchmarkMaxDrawdown',
    'Buy and hold max drawdown',
    maxDrawdownAt(close, sampling.at),
    'fraction',
    basis,
  );
  list.add(
    'benchmark',
    'excessReturn',
    'Return over buy and hold',
    input.result.equity[length - 1]! / input.settings.cash - 1 - total,
    'fraction',
    'difference of total returns',
  );
  list.add('benchmark', 'alpha', 'Alpha', versus.alpha, 'fraction', `Jensen, ${basis}`);
  list.add('benchmark', 'beta', 'Beta', versus.beta, 'ratio', basis);
  list.add('benchmark', 'correlation', 'Correlation', versus.correlation, 'ratio', basis);
  list.add(
    'benchmark',
    'informationRatio',
    'Information ratio',
    versus.informationRatio,
    'ratio',
    `annualised, ${basis}`,
  );
  return list.done();
}

function commissionsOf(orders: { readonly length: number; readonly commission: Float64Array }): number {
  let paid = 0;
  for (let i = 0; i < orders.length; i++) {
    const commission = orders.commission[i]!;
    if (commission > 0) paid += commission;
  }
  return paid;
}

function maxDrawdownAt(column: Float64Array, at: Int32Array): number {
  let peak = -Infinity;
  let deepest = 0;
  for (let i = 0; i < at.length; i++) {
    const value = column[at[i]!]!;
    if (value > peak) peak = value;
    deepest = Math.min(deepest, value / peak - 1);
  }
  return deepest;
}

function over(gain: number, depth: number): number {
  return depth > 0 ? gain / depth : NaN;
}

function openOr(basis: string, open: boolean): string {
  return open ? `${basis}, not recovered at the end` : basis;
}
