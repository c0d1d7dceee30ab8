import type { ParamValues, SearchHeatmap, SearchOptions, SearchSurface } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import {
  goodRegions,
  heatmapOf,
  plateauScores,
  sensitivities,
  type Dimension,
  type ParameterSpace,
  type Trial,
} from '@quarry/engine/host';

/** Neighbourhoods are looked at among so many trials at most. */
const mostNeighbours = 1_500;
const mostCells = 40;
const bins = 20;
const mostAxes = 3;

/** The shape of the objective over the space; null where no trial has a value. */
export function surfaceOf(
  space: ParameterSpace,
  trials: readonly Trial[],
  best: Trial,
  direction: SearchOptions['direction'],
): SearchSurface | null {
  const defined = trials.filter(({ value }) => Number.isFinite(value));
  if (defined.length === 0) return null;
  const stride = Math.ceil(defined.length / mostNeighbours);
  const some = defined.filter((trial, i) => i % stride === 0 || trial.index === best.index);
  const scores = plateauScores(space, some, { direction });
  const shares = sensitivities(space, defined);
  const byIndex = (a: Trial, b: Trial): number => a.index - b.index;
  return {
    plateau: toJsonNumber(scores[some.findIndex(({ index }) => index === best.index)] ?? NaN),
    sensitivities: Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, toJsonNumber(share)])),
    regions: goodRegions(space, some.sort(byIndex), { direction }).map((region) => ({
      trials: region.length,
      best: region[0]!.index,
    })),
    heatmaps: heatmapsOf(space, defined, shares),
  };
}

/** Over each pair of the parameters that matter most. */
function heatmapsOf(
  { dimensions }: ParameterSpace,
  trials: readonly Trial[],
  shares: Readonly<Record<string, number>>,
): SearchHeatmap[] {
  const axes = [...dimensions]
    .filter((dimension) => valuesOf(trials, dimension.name) > 1)
    .sort((a, b) => shares[b.name]! - shares[a.name]!)
    .slice(0, mostAxes);
  const crowded = axes.filter((axis) => valuesOf(trials, axis.name) > mostCells);
  const binned = trials.map((trial) => ({ ...trial, params: inBins(crowded, trial.params) }));
  return axes.flatMap((x, i) =>
    axes.slice(i + 1).map((y): SearchHeatmap => {
      const { x: xs, y: ys, mean } = heatmapOf(binned, x.name, y.name);
      return {
        x: { name: x.name, values: [...xs] },
        y: { name: y.name, values: [...ys] },
        mean: mean.map((row) => Array.from(row, (value) => (Number.isFinite(value) ? value : null))),
      };
    }),
  );
}

function valuesOf(trials: readonly Trial[], name: string): number {
  return new Set(trials.map(({ params }) => params[name])).size;
}

/** Axes of very many values are drawn in bins, each named by its middle. */
function inBins(axes: readonly Dimension[], params: ParamValues): ParamValues {
  const changed = axes.flatMap((axis) => {
    const value = params[axis.name];
    if ((axis.kind !== 'int' && axis.kind !== 'float') || typeof value !== 'number') return [];
    const width = (axis.max - axis.min) / bins;
    const bin = Math.min(bins - 1, Math.floor((value - axis.min) / width));
    return [[axis.name, Number((axis.min + width * (bin + 0.5)).toPrecision(4))] as const];
  });
  return { ...params, ...Object.fromEntries(changed) };
}
