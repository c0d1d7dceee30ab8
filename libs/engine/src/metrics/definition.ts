import type { Metric, MetricUnit } from '../metric.js';

/** What a metric is, apart from any run: how a report names it, how it is computed, and who defined it so. */
interface MetricDefinition {
  readonly group: Metric['group'];
  readonly label: string;
  readonly unit: MetricUnit;
  /** Plain text. r are the sampled returns, e equity, p a trade's net P&L, q its return, A periods a year. */
  readonly formula: string;
  /** The paper, book, program or convention that the formula follows. */
  readonly source: string;
}

export type MetricDefinitions<Id extends string = string> = Readonly<Record<Id, MetricDefinition>>;

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
