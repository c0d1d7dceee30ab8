import { RandomStream } from '../monte-carlo/random-stream.js';
import { type Direction, ranked, type Trial } from './objective.js';
import { type AxisDensity, countDensity, parzenDensity } from './parzen.js';
import { drawAllowed, firstAllowed } from './random-search.js';
import type { SearchMethod } from './search-method.js';
import {
  coordinateOf,
  decode,
  type Dimension,
  isActive,
  levelsOf,
  type Params,
  type ParameterSpace,
  requireSpace,
} from './space.js';

export interface TpeSettings {
  readonly seed: number;
  readonly direction: Direction;
  /** Trials at random before it learns. 20 if left out. */
  readonly startup?: number;
  /** Share of trials that count as good. 0.15 if left out. */
  readonly goodShare?: number;
  /** Candidates from which the most promising is taken. 24 if left out. */
  readonly candidates?: number;
}

/**
 * The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl, Algorithms for Hyper-Parameter
 * Optimization, NIPS 2011): candidates are drawn from the density of good trials, and the one taken is where that
 * density is highest against the density of all others. Trials without a value are among the others.
 */
export function tpeSearch(space: ParameterSpace, settings: TpeSettings): SearchMethod {
  requireSpace(space);
  const { seed, direction, startup = 20, goodShare = 0.15, candidates = 24 } = settings;
  const stream = new RandomStream(seed, 0);
  // Trials of one generation learn from the same list: its densities are made once.
  let learnt: { readonly from: readonly Trial[]; readonly good: Densities; readonly others: Densities } | null = null;

  return {
    propose: (index, earlier) => {
      stream.startAt(seed, index);
      if (earlier.length < startup) return drawAllowed(space, stream);
      if (learnt?.from !== earlier) {
        const best = ranked(earlier, direction);
        const count = Math.max(1, Math.ceil(goodShare * best.length));
        learnt = {
          from: earlier,
          good: densitiesOf(space, best.slice(0, count)),
          others: densitiesOf(space, best.slice(count)),
        };
      }
      const { good, others } = learnt;
      let chosen: Params | null = null;
      let most = -Infinity;
      for (let i = 0; i < candidates; i++) {
        const point = new Float64Array(space.dimensions.length);
        const params = firstAllowed(space, () => {
          good.forEach((density, d) => (point[d] = density.draw(stream)));
          return decode(space, point);
        });
        const promise = space.dimensions.reduce((sum, dimension, d) => {
          if (!isActive(dimension, params)) return sum;
          return sum + good[d]!.logDensity(point[d]!) - others[d]!.logDensity(point[d]!);
        }, 0);
        if (promise > most) [chosen, most] = [params, promise];
      }
      return chosen ?? drawAllowed(space, stream);
    },
  };
}

type Densities = readonly AxisDensity[];

/** By dimension, over those trials in which it is active. */
function densitiesOf({ dimensions }: ParameterSpace, trials: readonly Trial[]): Densities {
  return dimensions.map((dimension) => {
    const coordinates = trials
      .map(({ params }) => params[dimension.name])
      .filter((value) => value !== undefined)
      .map((value) => coordinateOf(dimension, value));
    return isOrdered(dimension) ? parzenDensity(coordinates) : countDensity(coordinates, levelsOf(dimension));
  });
}

function isOrdered({ kind }: Dimension): boolean {
  return kind === 'int' || kind === 'float';
}
