import { meanOf } from '../metrics/sum.js';
import { averageLinkage } from '../statistics/average-linkage.js';
import { type Direction, ranked, type Trial } from './objective.js';
import { coordinateOf, type Dimension, type ParameterSpace } from './space.js';
import type { ParamValue } from '../params.js';

/** The metric over a pair of parameters, the mean over whatever the others were; NaN where nothing was tried. */
export interface Heatmap {
  readonly x: readonly ParamValue[];
  readonly y: readonly ParamValue[];
  /** By y, then x. */
  readonly mean: readonly Float64Array[];
  readonly count: readonly Int32Array[];
}

export function heatmapOf(trials: readonly Trial[], x: string, y: string): Heatmap {
  const defined = definedOf(trials).filter(({ params }) => params[x] !== undefined && params[y] !== undefined);
  const xs = valuesOf(defined, x);
  const ys = valuesOf(defined, y);
  const mean = ys.map(() => new Float64Array(xs.length));
  const count = ys.map(() => new Int32Array(xs.length));
  const column = new Map(xs.map((value, i) => [value, i]));
  const row = new Map(ys.map((value, i) => [value, i]));
  for (const { params, value } of defined) {
    const i = column.get(params[x]!)!;
    const j = row.get(params[y]!)!;
    mean[j]![i]! += value;
    count[j]![i]!++;
  }
  mean.forEach((means, j) => means.forEach((sum, i) => (means[i] = sum / count[j]![i]!)));
  return { x: xs, y: ys, mean, count };
}

/**
 * How much of a trial's rank its neighbourhood shares, in 0..1: the mean share of all trials that its neighbours, and
 * itself, are better than. A peak that stands alone scores low however high it is; a plateau scores near 1.
 *
 * @param radius the largest distance of a neighbour on any axis, axes being 1 long
 */
export function plateauScores(
  space: ParameterSpace,
  trials: readonly Trial[],
  { direction, radius = 0.15 }: { readonly direction: Direction; readonly radius?: number },
): Float64Array {
  const points = trials.map((trial) => pointOf(space, trial));
  const order = ranked(trials, direction);
  const shares = new Map(order.map((trial, rank) => [trial, 1 - rank / Math.max(1, order.length - 1)]));
  return Float64Array.from(points, (point) =>
    meanOf(trials.filter((_, j) => apart(point, points[j]!) <= radius).map((trial) => shares.get(trial)!)),
  );
}

/**
 * Groups of good trials: the best share of all, clustered by average linkage of their distances in the unit cube.
 * One group is one region to believe in or not; many are a sign of noise. Best group first, by its best trial.
 */
export function goodRegions(
  space: ParameterSpace,
  trials: readonly Trial[],
  {
    direction,
    share = 0.1,
    cut = 0.25,
  }: { readonly direction: Direction; readonly share?: number; readonly cut?: number },
): Trial[][] {
  const defined = definedOf(trials);
  const good = ranked(defined, direction).slice(0, Math.ceil(share * defined.length));
  const points = good.map((trial) => pointOf(space, trial));
  const distances = Float64Array.from({ length: good.length ** 2 }, (_, at) =>
    apart(points[Math.floor(at / good.length)]!, points[at % good.length]!),
  );
  const clusters = averageLinkage(distances, good.length, cut);
  const regions: Trial[][] = [];
  good.forEach((trial, i) => (regions[clusters[i]!] ??= []).push(trial));
  return regions;
}

/**
 * The share of the metric's variance that each parameter explains on its own: the variance of the means over tenths of
 * its axis (over its values, if unordered), over the whole variance (Sobol's first-order index, estimated by binning).
 */
export function sensitivities(space: ParameterSpace, trials: readonly Trial[]): Readonly<Record<string, number>> {
  const defined = definedOf(trials);
  return Object.fromEntries(space.dimensions.map((dimension) => [dimension.name, shareExplained(dimension, defined)]));
}

function shareExplained(dimension: Dimension, trials: readonly Trial[]): number {
  const present = trials.filter(({ params }) => params[dimension.name] !== undefined);
  const mean = meanOf(present.map(({ value }) => value));
  const whole = present.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const bins = new Map<unknown, number[]>();
  for (const { params, value } of present) {
    const of = params[dimension.name]!;
    const isOrdered = dimension.kind === 'int' || dimension.kind === 'float';
    const bin = isOrdered ? Math.min(9, Math.floor(10 * coordinateOf(dimension, of))) : of;
    bins.set(bin, [...(bins.get(bin) ?? []), value]);
  }
  let between = 0;
  for (const values of bins.values()) between += values.length * (meanOf(values) - mean) ** 2;
  return whole > 0 ? between / whole : 0;
}

/** A dimension that a trial does not have lies in the middle. */
function pointOf({ dimensions }: ParameterSpace, { params }: Trial): number[] {
  return dimensions.map((dimension) => {
    const value = params[dimension.name];
    return value === undefined ? 0.5 : coordinateOf(dimension, value);
  });
}

/** The largest distance on any axis. */
function apart(a: readonly number[], b: readonly number[]): number {
  return a.reduce((most, at, d) => Math.max(most, Math.abs(at - b[d]!)), 0);
}

function definedOf(trials: readonly Trial[]): Trial[] {
  return trials.filter(({ value }) => Number.isFinite(value));
}

function valuesOf(trials: readonly Trial[], name: string): ParamValue[] {
  const values = [...new Set(trials.map(({ params }) => params[name]!))];
  return values.every((value) => typeof value === 'number') ? values.sort((a, b) => a - b) : values;
}
