import type { Metric, MetricExplanation, MetricProfile } from '../metric.js';
import { btpyDefinitions } from './btpy-definitions.js';
import { btpyMetrics } from './btpy.js';
import type { MetricDefinitions } from './definition.js';
import { empDefinitions } from './emp/emp-definitions.js';
import { empMetrics } from './emp/emp.js';
import type { MetricsInput } from './input.js';
import { qsDefinitions } from './qs/qs-definitions.js';
import { qsMetrics } from './qs/qs.js';
import { RunStudy } from './run-study.js';
import { v1Definitions, v1Metrics } from './v1/v1.js';

export { fillsOf, type Fill } from './fills.js';
export type { MetricsInput } from './input.js';
export { matchTrades, type MatchedTrade, type MatchingGroup, type MatchingOrder } from './match-trades.js';
export { yearlyReturns } from './monthly-returns.js';
export { RunStudy } from './run-study.js';

interface Profile {
  readonly definitions: MetricDefinitions;
  compute(study: RunStudy, input: MetricsInput): Metric[];
}

const profiles = {
  v1: { definitions: v1Definitions, compute: v1Metrics },
  btpy: { definitions: btpyDefinitions, compute: btpyMetrics },
  qs: { definitions: qsDefinitions, compute: qsMetrics },
  emp: { definitions: empDefinitions, compute: empMetrics },
} satisfies Record<MetricProfile, Profile>;

/** The figures of a report in a named profile, in the order a report shows them. Each says what it was measured on. */
export function computeMetrics(profile: MetricProfile, input: MetricsInput): Metric[] {
  if ((input.bars[0]?.length ?? 0) === 0) return [];
  return profiles[profile].compute(input.study ?? new RunStudy(input), input);
}

/** How a profile computes a metric, and after whom; null for one that the profile does not have. */
export function explainMetric(profile: MetricProfile, id: string): MetricExplanation | null {
  const definitions: MetricDefinitions = profiles[profile].definitions;
  const known = Object.hasOwn(definitions, id) ? definitions[id] : undefined;
  return known ? { formula: known.formula, source: known.source } : null;
}
