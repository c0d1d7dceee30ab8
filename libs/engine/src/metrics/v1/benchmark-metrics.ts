import type { Metric } from '../../metric.js';
import { define } from '../definition.js';
import { cagr } from '../growth.js';
import { MetricList } from '../metric-list.js';
import { momentsOf } from '../moments.js';
import type { RunStudy } from '../run-study.js';
import { sharpe } from '../sharpe.js';
import { versusBenchmark } from '../versus-benchmark.js';

const held = 'The first series, bought at its first close and held, without costs.';
const jensen = 'Jensen, Journal of Finance 23 (1968), no risk-free rate.';
const bacon = 'Bacon, Practical Portfolio Performance Measurement and Attribution (2008).';

export const benchmarkDefinitions = define('benchmark', {
  benchmarkReturn: ['Buy and hold return', 'fraction', 'close_T / close_0 − 1', held],
  benchmarkCagr: ['Buy and hold CAGR', 'fraction', '(close_T / close_0)^(1 / years) − 1', held],
  benchmarkVolatility: ['Buy and hold volatility', 'fraction', 's(b) · √A', held],
  benchmarkSharpe: ['Buy and hold Sharpe', 'ratio', 'mean(b) / s(b) · √A', held],
  benchmarkMaxDrawdown: [
    'Buy and hold max drawdown',
    'fraction',
    'min(close_t / max(close_0 … close_t) − 1) over samples',
    held,
  ],
  excessReturn: [
    'Return over buy and hold',
    'fraction',
    'total return − buy and hold return',
    'Difference of total returns.',
  ],
  alpha: ['Alpha', 'fraction', '(mean(r) − β · mean(b)) · A', jensen],
  beta: ['Beta', 'ratio', 'cov(r, b) / var(b)', jensen],
  correlation: ['Correlation', 'ratio', 'cov(r, b) / (s(r) · s(b))', 'Pearson.'],
  rSquared: ['R squared', 'ratio', 'correlation²', 'Share of the variance of r that goes with b.'],
  trackingError: ['Tracking error', 'fraction', 's(r − b) · √A', bacon],
  informationRatio: [
    'Information ratio',
    'ratio',
    'mean(r − b) / s(r − b) · √A',
    'Grinold and Kahn, Active Portfolio Management (1999), annualised.',
  ],
  upCapture: ['Up capture', 'ratio', 'mean(r | b > 0) / mean(b | b > 0)', bacon],
  downCapture: ['Down capture', 'ratio', 'mean(r | b < 0) / mean(b | b < 0)', bacon],
});

export function benchmarkMetrics(study: RunStudy): Metric[] {
  const { clock, returns, marketReturns } = study;
  const { result, settings } = study.run;
  const { perYear, basis, at } = study.sampling;
  const { close, knownAt, symbol } = clock;
  const last = clock.length - 1;
  const moments = momentsOf(marketReturns);
  const versus = versusBenchmark(returns, marketReturns, perYear);
  const total = close[last]! / close[0]! - 1;
  const bought = `${symbol} bought at the first close and held, no costs`;
  return new MetricList(benchmarkDefinitions)
    .add('benchmarkReturn', total, bought)
    .add('benchmarkCagr', cagr(1 + total, knownAt[0]!, knownAt[last]!), bought)
    .add('benchmarkVolatility', moments.deviation * Math.sqrt(perYear), basis)
    .add('benchmarkSharpe', sharpe(moments, perYear), basis)
    .add('benchmarkMaxDrawdown', maxDrawdownAt(close, at), basis)
    .add('excessReturn', result.equity[last]! / settings.cash - 1 - total, 'difference of total returns')
    .add('alpha', versus.alpha, `Jensen, ${basis}`)
    .add('beta', versus.beta, basis)
    .add('correlation', versus.correlation, basis)
    .add('rSquared', versus.correlation ** 2, basis)
    .add('trackingError', versus.trackingError, `annualised, ${basis}`)
    .add('informationRatio', versus.informationRatio, `annualised, ${basis}`)
    .add('upCapture', versus.upCapture, `periods in which ${symbol} rose, ${basis}`)
    .add('downCapture', versus.downCapture, `periods in which ${symbol} fell, ${basis}`).metrics;
}

function maxDrawdownAt(column: Float64Array, at: Int32Array): number {
  let peak = -Infinity;
  let deepest = 0;
  for (let i = 0; i < at.length; i++) {
    const value = column[at[i]!]!;
    if (value > peak) peak = value;
    const fall = value / peak - 1;
    if (fall < deepest) deepest = fall;
  }
  return deepest;
}
