import type { Metric } from '../../metric.js';
import type { RunStudy } from '../run-study.js';
import { accountDefinitions, accountMetrics } from './account-metrics.js';
import { benchmarkDefinitions, benchmarkMetrics } from './benchmark-metrics.js';
import { excursionDefinitions, excursionMetrics } from './excursion-metrics.js';
import { trialDefinitions, trialMetrics } from './trial-metrics.js';

export const v1Definitions = {
  ...trialDefinitions,
  ...excursionDefinitions,
  ...accountDefinitions,
  ...benchmarkDefinitions,
};

/**
 * Quarry's own profile. Ratios, value at risk and moments look at the close of each session (of each bar where bars are
 * days or longer); drawdown and exposure look at every bar. No risk-free rate. Undefined figures are NaN.
 */
export function v1Metrics(study: RunStudy): Metric[] {
  return [
    ...trialMetrics(study),
    ...excursionMetrics(study),
    ...accountMetrics(study),
    ...(study.run.benchmark === 'buy-and-hold' ? benchmarkMetrics(study) : []),
  ];
}
