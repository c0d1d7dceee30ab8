import type { MetricExplanation, MetricProfile } from '../metric.js';
import { btpyDefinitions } from './btpy-definitions.js';
import type { MetricDefinitions } from './definition.js';
import { empDefinitions } from './emp/emp-definitions.js';
import { qsDefinitions } from './qs/qs-definitions.js';
import { v1Definitions } from './v1/v1.js';

const definitions = {
  v1: v1Definitions,
  btpy: btpyDefinitions,
  qs: qsDefinitions,
  emp: empDefinitions,
} satisfies Record<MetricProfile, MetricDefinitions>;

/** How a profile computes a metric, and after whom; null for one that the profile does not have. */
export function explainMetric(profile: MetricProfile, id: string): MetricExplanation | null {
  const known: MetricDefinitions = definitions[profile];
  if (!Object.hasOwn(known, id)) return null;
  const { formula, source } = known[id]!;
  return { formula, source };
}
