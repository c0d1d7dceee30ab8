import type { RunComparison } from './comparison.js';
import type { Report } from './report.js';
import { toJsonNumber } from './to-json-number.js';

const samples = 250;

/** Several runs side by side: every figure that one of them has, and how their returns go together. */
export function compareReports(reports: readonly Report[], names: readonly string[]): RunComparison {
  const known = new Map(reports.flatMap(({ metrics }) => metrics.map((metric) => [metric.id, metric] as const)));
  return {
    schema: 'quarry.comparison/1',
    runs: [...names],
    figures: [...known.values()].map(({ id, label, unit }) => ({
      ...{ id, label, unit },
      values: reports.map(({ metrics }) => metrics.find((metric) => metric.id === id)?.value ?? 'NaN'),
    })),
    correlation: reports.map((a) => reports.map((b) => toJsonNumber(correlationOf(a.curve, b.curve)))),
    correlationBasis: `returns between ${samples} moments, evenly over the time that both runs have`,
  };
}

type Curve = Pick<Report['curve'], 'time' | 'equity'>;

/** Pearson's correlation of two accounts' log returns; NaN where they share no time, or one does not move. */
export function correlationOf(a: Curve, b: Curve): number {
  const from = Math.max(a.time[0] ?? Infinity, b.time[0] ?? Infinity);
  const to = Math.min(a.time.at(-1) ?? -Infinity, b.time.at(-1) ?? -Infinity);
  if (!(to > from)) return NaN;
  const [x, y] = [returnsOf(a, from, to), returnsOf(b, from, to)];
  const [mx, my] = [meanOf(x), meanOf(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

function returnsOf({ time, equity }: Curve, from: number, to: number): number[] {
  let at = 0;
  const values = Array.from({ length: samples + 1 }, (_, i) => {
    const moment = from + ((to - from) * i) / samples;
    while (at + 1 < time.length && time[at + 1]! <= moment) at++;
    return Math.log(Math.max(equity[at]!, Number.MIN_VALUE));
  });
  return values.slice(1).map((value, i) => value - values[i]!);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
