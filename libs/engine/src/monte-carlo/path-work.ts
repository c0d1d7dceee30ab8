import { maySpeakOf, type PathMethod } from './methods.js';
import { factsOfLevels, factsOfLogs, type PathFacts } from './path-facts.js';
import type { PathModel } from './path-model.js';
import { type PathDistribution, summarisePaths } from './path-distribution.js';
import { indicesPerBlock, inOrder, requireCount, requireSlice, type Slice, type SlicedWork } from './slices.js';

export interface PathRequest {
  /** Paths to draw: 10,000 is usual. */
  readonly paths: number;
  readonly seed: number;
  /** Bands at so many steps at most, evenly spread up to the last; 0 for none. 256 if left out. */
  readonly bandSteps?: number;
  /** Walk every path for its drawdowns, and for whether it met ruin or goal. True if left out. */
  readonly withDrawdowns?: boolean;
  /** The level, of a start of 1, at or below which an account is ruined. 0.5 if left out. */
  readonly ruin?: number;
  /** The level at or above which the goal is reached. 2 if left out. */
  readonly goal?: number;
}

/** What the paths of a slice yielded, by path; columns that nobody asked for are empty. Levels are of the model's scale. */
export interface PathPart extends Slice {
  readonly terminal: Float64Array;
  readonly maxDrawdown: Float64Array;
  readonly longestDrawdown: Float64Array;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** Step after step, the level of each path of the slice: 8 bytes times paths times band steps are kept, and no more. */
  readonly levels: Float64Array;
}

const defaults = { bandSteps: 256, withDrawdowns: true, ruin: 0.5, goal: 2 };

/**
 * A Monte Carlo over paths of an account. Path i is the same whoever makes it; what is kept of it are single values,
 * and quantiles are taken over all of them at the end, so nothing depends on slices.
 */
export function pathWork<M extends PathMethod>(
  model: PathModel<M>,
  request: PathRequest,
): SlicedWork<PathPart, PathDistribution<M>> {
  const { paths, seed, bandSteps, withDrawdowns, ruin, goal } = { ...defaults, ...request };
  requireCount('There are', paths, 'paths');
  requireCount('A path has', model.steps, 'steps');
  const recorded = recordedSteps(model, bandSteps);
  const factsOf = model.scale === 'log' ? factsOfLogs : factsOfLevels;

  const run = (slice: Slice): PathPart => {
    requireSlice(slice, paths);
    const count = slice.to - slice.from;
    const make = model.start();
    const path = new Float64Array(model.steps);
    const facts: PathFacts = { maxDrawdown: 0, longestDrawdown: 0, lowest: 0, highest: 0 };
    const walked = withDrawdowns ? count : 0;
    const part = {
      ...slice,
      terminal: new Float64Array(count),
      maxDrawdown: new Float64Array(walked),
      longestDrawdown: new Float64Array(walked),
      lowest: new Float64Array(walked),
      highest: new Float64Array(walked),
      levels: new Float64Array(recorded.length * count),
    };
    const tile = new Float64Array(recorded.length * indicesPerBlock);
    for (let block = 0; block < count; block += indicesPerBlock) {
      const width = Math.min(indicesPerBlock, count - block);
      for (let k = 0; k < width; k++) {
        const i = block + k;
        make(seed, slice.from + i, path);
        part.terminal[i] = path[path.length - 1]!;
        copyRecorded(path, recorded, tile, k);
        if (!withDrawdowns) continue;
        factsOf(path, facts);
        part.maxDrawdown[i] = facts.maxDrawdown;
        part.longestDrawdown[i] = facts.longestDrawdown;
        part.lowest[i] = facts.lowest;
        part.highest[i] = facts.highest;
      }
      // A block's levels lie together by step, so that a step's row is written in runs and not one by one.
      for (let r = 0; r < recorded.length; r++) {
        const from = r * indicesPerBlock;
        part.levels.set(tile.subarray(from, from + width), r * count + block);
      }
    }
    return part;
  };

  const finish = (parts: readonly PathPart[]): PathDistribution<M> =>
    summarisePaths(model, { parts: inOrder(parts, paths), paths, recorded, ruin, goal });
  return { count: paths, run, finish };
}

/** Steps, from 0, whose levels are kept. A method that cannot change where paths end keeps no last step. */
function recordedSteps({ steps, method }: PathModel, most: number): Int32Array {
  if (!(Number.isInteger(most) && most >= 0)) throw new RangeError(`Bands are asked at ${most} steps; 0 or more.`);
  const last = maySpeakOf(method, 'terminal') ? steps : steps - 1;
  const count = Math.min(most, last);
  return Int32Array.from({ length: count }, (_, i) => Math.ceil(((i + 1) * last) / count) - 1);
}

function copyRecorded(path: Float64Array, recorded: Int32Array, tile: Float64Array, column: number): void {
  for (let r = 0, at = column; r < recorded.length; r++, at += indicesPerBlock) tile[at] = path[recorded[r]!]!;
}
