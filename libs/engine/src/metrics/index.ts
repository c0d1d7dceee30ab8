import type { Metric, MetricProfile } from '../metric.js';
import { btpyMetrics } from './btpy.js';
import { empMetrics } from './emp/emp.js';
import type { MetricsInput } from './input.js';
import { qsMetrics } from './qs/qs.js';
import { RunStudy } from './run-study.js';
import { v1Definitions, v1Metrics } from './v1/v1.js';

export { explainMetric } from './explain.js';
export { fillsOf, type Fill } from './fills.js';
export type { MetricsInput } from './input.js';
export { matchTrades, type MatchedTrade, type MatchingGroup, type MatchingOrder } from './match-trades.js';
export { yearlyReturns } from './monthly-returns.js';
export { RunStudy } from './run-study.js';
export { RunWatch } from './run-watch.js';
export { returnFigure, returnFigures, type ReturnFigures } from './return-figures.js';
export { sampleTimes, type Sampling } from './sampling.js';
export { dayCloses } from './session-days.js';
export { trialMetricIds, trialMetrics } from './v1/trial-metrics.js';

const profiles = { v1: v1Metrics, btpy: btpyMetrics, qs: qsMetrics, emp: empMetrics } satisfies Record<
  MetricProfile,
  (study: RunStudy, input: MetricsInput) => Metric[]
>;

/** Ids and labels of profile v1's figures that need no benchmark. */
export const soloMetrics: ReadonlyMap<string, string> = new Map(
  Object.entries(v1Definitions).flatMap(([id, { group, label }]) => (group === 'benchmark' ? [] : [[id, label]])),
);

/** The figures of a report in a named profile, in the order a report shows them. Each says what it was measured on. */
export function computeMetrics(profile: MetricProfile, input: MetricsInput): Metric[] {
  if (input.bars.every(({ length }) => length === 0)) return [];
  return profiles[profile](input.study ?? new RunStudy(input), input);
}
