import type { Metric, MetricProfile } from '../metric.js';
import { btpyMetrics } from './btpy.js';
import type { MetricsInput } from './input.js';
import { v1Metrics } from './v1.js';

export { drawdownsOf } from './drawdown.js';
export type { MetricsInput } from './input.js';

const profiles = { v1: v1Metrics, btpy: btpyMetrics } satisfies Record<
  MetricProfile,
  (input: MetricsInput) => Metric[]
>;

/** The figures of a report in a named profile, in the order a report shows them. Each says what it was measured on. */
export function computeMetrics(profile: MetricProfile, input: MetricsInput): Metric[] {
  return profiles[profile](input);
}
