import type { Metric, MetricExplanation, MetricUnit } from '../metric.js';

/**
 * What metrics are, apart from any run: how a report names them, how they are computed, and who defined them so. In
 * formulas r are the sampled returns and b the benchmark's, s their sample deviation, n their number, A periods a year,
 * e equity, dd drawdown, p a trade's net P&L and q its return on the value at entry.
 */
export type MetricDefinitions<Id extends string = string> = Readonly<
  Record<Id, MetricExplanation & { readonly group: Metric['group']; readonly label: string; readonly unit: MetricUnit }>
>;

type Row = readonly [label: string, unit: MetricUnit, formula: string, source: string];

/** The definitions of a group, written as rows of label, unit, formula and source. */
export function define<Id extends string>(
  group: Metric['group'],
  rows: Readonly<Record<Id, Row>>,
): MetricDefinitions<Id> {
  const entries = Object.entries<Row>(rows).map(([id, [label, unit, formula, source]]) => [
    id,
    { group, label, unit, formula, source },
  ]);
  return Object.fromEntries(entries) as MetricDefinitions<Id>;
}
