import type { Metric } from '../../metric.js';
import { define } from '../definition.js';
import { annualReturn } from '../growth.js';
import { MetricList } from '../metric-list.js';
import type { Moments } from '../moments.js';
import { omega } from '../omega.js';
import type { RunStudy } from '../run-study.js';
import { sharpe } from '../sharpe.js';
import { autocorrelationPenalty, loSharpe } from '../smart-sharpe.js';
import { sortino } from '../sortino.js';
import { stability } from '../stability.js';
import { sumOf } from '../sum.js';
import { tailRatio, type Tails } from '../tail-risk.js';
import { greatest, least } from './risk-metrics.js';

/** Figures of drawdown between samples, as quantstats takes them. */
export interface SampledDrawdowns {
  /** √(Σ dd² / (n − 1)). */
  readonly ulcerIndex: number;
  /** Mean of the drawdowns beyond their normal 5 % quantile. */
  readonly conditionalDrawdown: number;
}

export const ratioDefinitions = define('ratio', {
  sharpe: [
    'Sharpe ratio',
    'ratio',
    'mean(r) / s(r) · √A, no risk-free rate',
    'Sharpe, Journal of Portfolio Management 21 (1994).',
  ],
  smartSharpe: [
    'Smart Sharpe ratio',
    'ratio',
    'mean(r) / s(r) · A / √(A + 2 Σ (A − k) ρ_k), ρ_k the autocorrelations of r',
    'Lo, Financial Analysts Journal 58 (2002), eq. 20.',
  ],
  smartSharpeFirstLag: [
    'Smart Sharpe ratio (qs)',
    'ratio',
    'Sharpe / √(1 + 2 Σ ((n − k) / n) |ρ₁|^k)',
    'quantstats smart_sharpe: the first lag’s correlation stands for all, and its sign does not count.',
  ],
  sortino: [
    'Sortino ratio',
    'ratio',
    'mean(r) / √(Σ min(r, 0)² / n) · √A',
    'Sortino and Price, Journal of Investing 3 (1994).',
  ],
  calmar: [
    'Calmar ratio',
    'ratio',
    'annual return / |max drawdown|; NaN without one',
    'Young, Futures (1991), over the whole run.',
  ],
  omega: [
    'Omega ratio',
    'ratio',
    'Σ max(r, 0) / Σ max(−r, 0)',
    'Keating and Shadwick, Journal of Performance Measurement 6 (2002), threshold 0.',
  ],
  gainToPain: [
    'Gain to pain',
    'ratio',
    'Σ r / Σ max(−r, 0) = Omega − 1',
    'Schwager, Hedge Fund Market Wizards (2012), on samples.',
  ],
  tailRatio: ['Tail ratio', 'ratio', '|95 % quantile of r| / |5 % quantile of r|', 'As empyrical tail_ratio.'],
  recoveryFactor: [
    'Recovery factor',
    'ratio',
    'total return / |max drawdown|',
    'Return over maximum drawdown, compounded.',
  ],
  ulcerPerformanceIndex: [
    'Ulcer performance index (qs)',
    'ratio',
    'total return / √(Σ dd² / (n − 1)) over samples, not annualised',
    'Martin and McCann (1989); as quantstats ulcer_performance_index.',
  ],
  serenityIndex: [
    'Serenity index (qs)',
    'ratio',
    'Σ r / (ulcer index · (−CVaR(dd) / s(r))) over samples',
    'KeyQuant (2013); as quantstats serenity_index.',
  ],
  stability: [
    'Stability',
    'ratio',
    'R² of the line through Σ log(1 + r) over time',
    'As empyrical stability_of_timeseries.',
  ],
  lowestRollingSharpe: [
    'Lowest rolling Sharpe',
    'ratio',
    'min over windows of mean(r) / s(r) · √A',
    'Moving window of half a year.',
  ],
  highestRollingSharpe: [
    'Highest rolling Sharpe',
    'ratio',
    'max over windows of mean(r) / s(r) · √A',
    'Moving window of half a year.',
  ],
});

export function ratioMetrics(study: RunStudy, moments: Moments, tails: Tails, sampled: SampledDrawdowns): Metric[] {
  const { returns, rolling } = study;
  const { perYear, basis } = study.sampling;
  const { deepest } = study.drawdowns;
  const { equity } = study.run.result;
  const total = equity[equity.length - 1]! / study.run.settings.cash - 1;
  const plain = sharpe(moments, perYear);
  const lo = loSharpe(returns, moments.mean / moments.deviation, perYear);
  const gains = omega(returns);
  const pitfall = sampled.ulcerIndex * (-sampled.conditionalDrawdown / moments.deviation);
  const counted = `${basis}, ${returns.length} returns`;
  const windows = `windows of ${rolling.window} returns, ${basis}`;
  return new MetricList(ratioDefinitions)
    .add('sharpe', plain, counted)
    .add('smartSharpe', lo.value, `${lo.lags} lags, ${counted}`)
    .add('smartSharpeFirstLag', plain / autocorrelationPenalty(returns), counted)
    .add('sortino', sortino(returns, perYear), counted)
    .add('calmar', over(annualReturn(returns, perYear), deepest), 'annual return over max drawdown')
    .add('omega', gains, `threshold 0, ${counted}`)
    .add('gainToPain', gains - 1, counted)
    .add('tailRatio', tailRatio(tails), counted)
    .add('recoveryFactor', over(total, deepest), 'total return over max drawdown')
    .add('ulcerPerformanceIndex', over(total, sampled.ulcerIndex), counted)
    .add('serenityIndex', over(sumOf(returns), pitfall), counted)
    .add('stability', stability(returns), `R² of log equity over time, ${counted}`)
    .add('lowestRollingSharpe', least(rolling.sharpe), windows)
    .add('highestRollingSharpe', greatest(rolling.sharpe), windows).metrics;
}

function over(gain: number, depth: number): number {
  return depth > 0 ? gain / depth : NaN;
}
