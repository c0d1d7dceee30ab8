import type { Metric, MetricUnit } from '../metric.js';

/** Gathers figures in the order in which a report shows them. */
export function metricList(): {
  add(group: Metric['group'], id: string, label: string, value: number, unit: MetricUnit, basis: string): void;
  done(): Metric[];
} {
  const metrics: Metric[] = [];
  return {
    add: (group, id, label, value, unit, basis) => metrics.push({ id, label, value, unit, group, basis }),
    done: () => metrics,
  };
}

/** Microseconds as days. */
export function durationInDays(microseconds: number): number {
  return microseconds / 86_400e6;
}
