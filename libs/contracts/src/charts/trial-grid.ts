import { fromJsonNumber } from '../to-json-number.js';
import type { TrialPoint } from '../run.js';
import type { SearchHeatmap } from '../search.js';

const mostLevels = 24;
const bins = 16;

/** Trials so far as a heatmap over the two parameters that vary most; null where fewer vary. Many numbers are put into bins. */
export function trialGrid(trials: readonly TrialPoint[]): SearchHeatmap | null {
  const names = [...new Set(trials.flatMap(({ params }) => Object.keys(params)))];
  const varied = names
    .map((name) => axisOf(name, [...new Set(trials.map(({ params }) => params[name]))]))
    .filter(({ count }) => count > 1)
    .toSorted((a, b) => b.count - a.count);
  const [x, y] = varied;
  if (!x || !y) return null;

  const cells = y.values.map(() => x.values.map((): number[] => []));
  for (const { params, value } of trials) {
    const number = fromJsonNumber(value);
    if (Number.isFinite(number)) cells[y.levelOf(params[y.name])]?.[x.levelOf(params[x.name])]?.push(number);
  }
  const mean = cells.map((row) =>
    row.map((cell) => (cell.length === 0 ? null : cell.reduce((a, b) => a + b) / cell.length)),
  );
  return { x: { name: x.name, values: x.values }, y: { name: y.name, values: y.values }, mean };
}

type Value = TrialPoint['params'][string];

interface Axis {
  readonly name: string;
  /** Of different values. */
  readonly count: number;
  readonly values: Value[];
  levelOf(value: Value | undefined): number;
}

function axisOf(name: string, given: readonly (Value | undefined)[]): Axis {
  const values = given.filter((value) => value !== undefined);
  const numbers = values.filter((value) => typeof value === 'number').toSorted((a, b) => a - b);
  const count = values.length;
  if (numbers.length < count) return { name, count, values, levelOf: (value) => values.indexOf(value ?? '') };
  if (count <= mostLevels) return { name, count, values: numbers, levelOf: (value) => numbers.indexOf(Number(value)) };

  const first = numbers[0] ?? 0;
  const width = ((numbers.at(-1) ?? 0) - first) / bins;
  const middles = Array.from({ length: bins }, (_, bin) => Number((first + (bin + 0.5) * width).toPrecision(4)));
  return {
    name,
    count,
    values: middles,
    levelOf: (value) => Math.min(bins - 1, Math.floor((Number(value) - first) / width)),
  };
}
