import type { MetricProfile, ReportMetric } from '@quarry/contracts';
import { explainMetric } from '@quarry/engine/host';

/** What a metric is, for a tooltip: its name, formula, source and sample, a line each. */
export function explanationOf(profile: MetricProfile, { id, label, basis }: ReportMetric): string {
  const known = explainMetric(profile, id);
  return [label, ...(known ? [known.formula, known.source] : []), basis].join('\n');
}
