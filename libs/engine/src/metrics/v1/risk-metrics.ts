import type { Metric } from '../../metric.js';
import { define } from '../definition.js';
import { durationInDays, MetricList } from '../metric-list.js';
import type { Moments } from '../moments.js';
import type { RunStudy } from '../run-study.js';
import { downsideDeviation } from '../sortino.js';
import { normalVaR, type Tails } from '../tail-risk.js';

const fall = 'Magdon-Ismail and Atiya, Risk Magazine 17 (2004); the starting cash is the first peak.';
const ulcer = 'Martin and McCann, The Investor’s Guide to Fidelity Funds (1989).';

export const riskDefinitions = define('risk', {
  volatility: ['Volatility', 'fraction', 's(r) · √A, s with n − 1', 'J.P. Morgan, RiskMetrics (1996).'],
  downsideDeviation: [
    'Downside deviation',
    'fraction',
    '√(Σ min(r, 0)² / n) · √A, every return in n',
    'Sortino and Price, Journal of Investing 3 (1994).',
  ],
  maxDrawdown: ['Max drawdown', 'fraction', 'min(e_t / max(cash, e_0 … e_t) − 1)', fall],
  maxDrawdownToTrough: ['Max drawdown, peak to trough', 'days', 'time(trough) − time(peak) of the deepest fall', fall],
  maxDrawdownToRecovery: [
    'Max drawdown, peak to recovery',
    'days',
    'time(equity reaches the peak again) − time(peak) of the deepest fall; to the last bar while open',
    fall,
  ],
  longestDrawdown: [
    'Longest drawdown',
    'days',
    'max(time(recovery) − time(peak)); one still open counts to the last bar',
    fall,
  ],
  averageDrawdown: ['Average drawdown', 'fraction', '−mean over falls of their depth', fall],
  averageDrawdownDuration: [
    'Average drawdown duration',
    'days',
    'mean over falls of time(recovery) − time(peak)',
    fall,
  ],
  underWater: ['Time under water', 'fraction', '#(bars below an earlier peak) / #bars', fall],
  ulcerIndex: ['Ulcer index', 'fraction', '√(Σ dd² / bars)', ulcer],
  ulcerIndexSample: [
    'Ulcer index (qs)',
    'fraction',
    '√(Σ dd² / (n − 1)) over samples',
    `${ulcer} With n − 1 as quantstats ulcer_index.`,
  ],
  valueAtRisk95: [
    'VaR 95 % (historical)',
    'fraction',
    '5 % quantile of r, linear between order statistics',
    'Jorion, Value at Risk (2006); numpy percentile.',
  ],
  normalValueAtRisk95: [
    'VaR 95 % (normal)',
    'fraction',
    'mean(r) − 1.645 · s(r)',
    'J.P. Morgan, RiskMetrics (1996): variance-covariance.',
  ],
  conditionalValueAtRisk95: [
    'CVaR 95 %',
    'fraction',
    'mean of the ⌊(n − 1) · 0.05⌋ + 1 lowest r',
    'Rockafellar and Uryasev, Journal of Risk 2 (2000); count as empyrical.',
  ],
  skewness: [
    'Skewness',
    'ratio',
    'G1 = n / ((n − 1)(n − 2)) · Σ((r − mean) / s)³',
    'Joanes and Gill, The Statistician 47 (1998).',
  ],
  kurtosis: ['Kurtosis', 'ratio', 'G2 + 3: raw, 3 for a normal', 'Joanes and Gill, The Statistician 47 (1998).'],
  lowestRollingVolatility: [
    'Lowest rolling volatility',
    'fraction',
    'min over windows of s(r) · √A',
    'Moving window of half a year.',
  ],
  highestRollingVolatility: [
    'Highest rolling volatility',
    'fraction',
    'max over windows of s(r) · √A',
    'Moving window of half a year.',
  ],
});

export function riskMetrics(study: RunStudy, moments: Moments, tails: Tails, ulcerSample: number): Metric[] {
  const { returns, drawdowns: falls, clock, rolling } = study;
  const { perYear, basis } = study.sampling;
  const scale = Math.sqrt(perYear);
  const counted = `${basis}, ${returns.length} returns`;
  const every = 'every bar, start included';
  const windows = `windows of ${rolling.window} returns, ${basis}`;
  return new MetricList(riskDefinitions)
    .add('volatility', moments.deviation * scale, counted)
    .add('downsideDeviation', downsideDeviation(returns) * scale, counted)
    .add('maxDrawdown', negative(falls.deepest), every)
    .add('maxDrawdownToTrough', durationInDays(falls.toTrough), every)
    .add('maxDrawdownToRecovery', durationInDays(falls.toRecovery), openOr(every, falls.deepestIsOpen))
    .add('longestDrawdown', durationInDays(falls.longest), openOr(every, falls.longestIsOpen))
    .add('averageDrawdown', negative(falls.meanDepth), `${every}, mean of ${falls.count} falls`)
    .add('averageDrawdownDuration', durationInDays(falls.meanDuration), `${every}, mean of ${falls.count} falls`)
    .add('underWater', falls.underWater, every)
    .add('ulcerIndex', Math.sqrt(falls.squares / clock.length), 'every bar, root mean square of drawdown')
    .add('ulcerIndexSample', ulcerSample, counted)
    .add('valueAtRisk95', tails.low5, counted)
    .add('normalValueAtRisk95', normalVaR(moments), counted)
    .add('conditionalValueAtRisk95', tails.meanOfLow5, `historical, ${counted}`)
    .add('skewness', moments.skewness, `G1, ${counted}`)
    .add('kurtosis', moments.excessKurtosis + 3, `raw (3 for a normal), ${counted}`)
    .add('lowestRollingVolatility', least(rolling.volatility), windows)
    .add('highestRollingVolatility', greatest(rolling.volatility), windows).metrics;
}

function negative(depth: number): number {
  return depth > 0 ? -depth : 0;
}

function openOr(basis: string, open: boolean): string {
  return open ? `${basis}, not recovered at the end` : basis;
}

/** The least of a column but for NaN; NaN of nothing. */
export function least(column: Float64Array): number {
  let found = NaN;
  for (let i = 0; i < column.length; i++) if (!(column[i]! >= found) && column[i] === column[i]) found = column[i]!;
  return found;
}

export function greatest(column: Float64Array): number {
  let found = NaN;
  for (let i = 0; i < column.length; i++) if (!(column[i]! <= found) && column[i] === column[i]) found = column[i]!;
  return found;
}
