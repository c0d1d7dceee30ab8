import type { Metric } from '../../metric.js';
import { momentsOf } from '../moments.js';
import type { RunStudy } from '../run-study.js';
import { drawdownsOfReturns, ulcerIndexOf } from '../sampled-drawdowns.js';
import { meanBeyondNormalVaR, tailsOf } from '../tail-risk.js';
import { ratioDefinitions, ratioMetrics } from './ratio-metrics.js';
import { returnDefinitions, returnMetrics } from './return-metrics.js';
import { riskDefinitions, riskMetrics } from './risk-metrics.js';
import { tradeDefinitions, tradeMetrics } from './trade-metrics.js';

export const trialDefinitions = {
  ...returnDefinitions,
  ...riskDefinitions,
  ...ratioDefinitions,
  ...tradeDefinitions,
};

/**
 * Profile v1's figures of returns, risk, ratios and trades; those that look at
 * every bar's high and low, at exposure, costs or a benchmark are left out: a search looks at thousands of runs.
 */
export function trialMetrics(study: RunStudy): Metric[] {
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
  ];
}

/** The ids of those. */
export const trialMetricIds: ReadonlySet<string> = new Set(Object.keys(trialDefinitions));
