import type { Metric } from '../metric.js';
import type { MetricDefinitions } from './definition.js';

/** Gathers figures in the order in which a report shows them; what they are called stands in their definitions. */
export class MetricList<Id extends string> {
  readonly #definitions: MetricDefinitions<Id>;
  readonly metrics: Metric[] = [];

  constructor(definitions: MetricDefinitions<Id>) {
    this.#definitions = definitions;
  }

  /** @param basis what was sampled and how it was annualised */
  add(id: Id, value: number, basis: string): this {
    const { group, label, unit } = this.#definitions[id];
    this.metrics.push({ id, label, value, unit, group, basis });
    return this;
  }
}

/** Microseconds as days. */
export function durationInDays(microseconds: number): number {
  return microseconds / 86_400e6;
}
