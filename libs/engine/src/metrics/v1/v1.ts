import type { Metric } from '../../metric.js';
import { momentsOf } from '../moments.js';
import { drawdownsOfReturns, ulcerIndexOf } from '../sampled-drawdowns.js';
import type { RunStudy } from '../run-study.js';
import { meanBeyondNormalVaR, tailsOf } from '../tail-risk.js';
import { accountDefinitions, accountMetrics } from './account-metrics.js';
import { benchmarkDefinitions, benchmarkMetrics } from './benchmark-metrics.js';
import { excursionDefinitions, excursionMetrics } from './excursion-metrics.js';
import { ratioDefinitions, ratioMetrics } from './ratio-metrics.js';
import { returnDefinitions, returnMetrics } from './return-metrics.js';
import { riskDefinitions, riskMetrics } from './risk-metrics.js';
import { tradeDefinitions, tradeMetrics } from './trade-metrics.js';

export const v1Definitions = {
  ...returnDefinitions,
  ...riskDefinitions,
  ...ratioDefinitions,
  ...tradeDefinitions,
  ...excursionDefinitions,
  ...accountDefinitions,
  ...benchmarkDefinitions,
};

/**
 * Quarry's own profile. Ratios, value at risk and moments look at the close of each session (of each bar where bars are
 * days or longer); drawdown and exposure look at every bar. No risk-free rate. Undefined figures are NaN.
 */
export function v1Metrics(study: RunStudy): Metric[] {
  const { returns } = study;
  const moments = momentsOf(returns);
  const tails = tailsOf(returns);
  const drawdowns = drawdownsOfReturns(returns, 1);
  const sampled = { ulcerIndex: ulcerIndexOf(drawdowns), conditionalDrawdown: meanBeyondNormalVaR(drawdowns) };
  return [
    ...returnMetrics(study, tails),
    ...riskMetrics(study, moments, tails, sampled.ulcerIndex),
    ...ratioMetrics(study, moments, tails, sampled),
    ...tradeMetrics(study),
    ...excursionMetrics(study),
    ...accountMetrics(study),
    ...(study.run.benchmark === 'buy-and-hold' ? benchmarkMetrics(study) : []),
  ];
}
