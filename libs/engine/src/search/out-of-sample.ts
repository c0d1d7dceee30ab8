import { momentsOf } from '../metrics/moments.js';
import { lineThrough } from '../statistics/line.js';
import { coordinateOf, type Params, type ParameterSpace } from './space.js';

/**
 * One equity curve out of the tests of a walk-forward, or of a path of combinatorial folds: each test's returns compound
 * on what the one before left. The first value is the start.
 *
 * @param returns of each test per period, in order
 */
export function stitchedEquity(returns: readonly Float64Array[], start = 1): Float64Array {
  const equity = new Float64Array(1 + returns.reduce((sum, { length }) => sum + length, 0));
  equity[0] = start;
  let at = 0;
  for (const part of returns) {
    for (const r of part) {
      equity[at + 1] = equity[at]! * (1 + r);
      at++;
    }
  }
  return equity;
}

/** What of a metric survives out of sample, over windows. */
export interface Degradation {
  readonly inSample: number;
  readonly outOfSample: number;
  /** Walk-forward efficiency (Pardo 1992): mean out of sample over mean in sample. NaN unless the latter is above 0. */
  readonly efficiency: number;
  /** Of the line from in-sample to out-of-sample values. */
  readonly slope: number;
  /** Share of windows with less out of sample than in sample. */
  readonly worse: number;
}

/** @param outOfSample a higher-is-better metric of each window's test, beside that of its training */
export function degradationOf(inSample: Float64Array, outOfSample: Float64Array): Degradation {
  if (inSample.length !== outOfSample.length || inSample.length === 0) {
    throw new RangeError(`${inSample.length} windows in sample, and ${outOfSample.length} out of sample.`);
  }
  const before = momentsOf(inSample).mean;
  const after = momentsOf(outOfSample).mean;
  return {
    inSample: before,
    outOfSample: after,
    efficiency: before > 0 ? after / before : NaN,
    slope: lineThrough(inSample, outOfSample).slope,
    worse: inSample.reduce((count, value, i) => count + Number(outOfSample[i]! < value), 0) / inSample.length,
  };
}

/**
 * How steady a parameter was from window to window, in 0..1. A number loses three times its mean move along the axis
 * (independent uniform choices move a third of it, and score about 0), at most 1 a move; anything else loses the share of
 * windows that changed it. NaN for fewer than two windows.
 */
export function parameterStability(space: ParameterSpace, chosen: readonly Params[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    space.dimensions.map((dimension) => {
      const moves = chosen.slice(1).map((params, i): number => {
        const now = params[dimension.name];
        const before = chosen[i]![dimension.name];
        if (now === before) return 0;
        const isOrdered = dimension.kind === 'int' || dimension.kind === 'float';
        if (!isOrdered || now === undefined || before === undefined) return 1;
        return Math.min(1, 3 * Math.abs(coordinateOf(dimension, now) - coordinateOf(dimension, before)));
      });
      return [dimension.name, 1 - moves.reduce((sum, move) => sum + move, 0) / moves.length];
    }),
  );
}
