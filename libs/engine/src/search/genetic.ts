import { RandomStream, type Rng } from '../monte-carlo/random-stream.js';
import { type Direction, ranked, type Trial } from './objective.js';
import { drawAllowed, firstAllowed } from './random-search.js';
import type { SearchMethod } from './search-method.js';
import { coordinateOf, decode, type Dimension, type Params, type ParameterSpace, requireSpace } from './space.js';

export interface GeneticSettings {
  readonly seed: number;
  readonly direction: Direction;
  /** The best so many of all earlier trials may become parents. 30 if left out. */
  readonly parents?: number;
  /** Probability that a dimension changes by itself. 1 / dimensions if left out. */
  readonly mutation?: number;
}

/** Entrants of a tournament for the place of a parent. */
const entrants = 3;
/** Deviation of a numeric change, as a fraction of the axis. */
const changeWidth = 0.1;

/**
 * A genetic search that keeps its elite (Holland 1975; Goldberg 1989): parents win tournaments among the best trials so
 * far, a child takes each dimension from one of two, and some change. The first generation is drawn at random.
 */
export function geneticSearch(space: ParameterSpace, settings: GeneticSettings): SearchMethod {
  requireSpace(space);
  const { seed, direction, parents = 30, mutation = 1 / space.dimensions.length } = settings;
  const stream = new RandomStream(seed, 0);
  let elite: { readonly from: readonly Trial[]; readonly best: readonly Trial[] } | null = null;

  return {
    propose: (index, earlier) => {
      stream.startAt(seed, index);
      if (earlier.length < 2) return drawAllowed(space, stream);
      if (elite?.from !== earlier) elite = { from: earlier, best: ranked(earlier, direction).slice(0, parents) };
      const { best } = elite;
      return firstAllowed(space, () => {
        const mother = winner(best, stream).params;
        const father = winner(best, stream).params;
        const point = space.dimensions.map((dimension) => {
          const from = stream.uniform() < 0.5 ? mother : father;
          const at = inherited(dimension, from, stream);
          return stream.uniform() < mutation ? changed(dimension, at, stream) : at;
        });
        return decode(space, point);
      });
    },
  };
}

/** The best of a few drawn ones; the list is best first. */
function winner(best: readonly Trial[], rng: Rng): Trial {
  let rank = best.length;
  for (let i = 0; i < entrants; i++) rank = Math.min(rank, rng.integer(best.length));
  return best[rank]!;
}

/** A dimension that the parent did not have is drawn anew. */
function inherited(dimension: Dimension, parent: Params, rng: Rng): number {
  const value = parent[dimension.name];
  return value === undefined ? rng.uniform() : coordinateOf(dimension, value);
}

function changed({ kind }: Dimension, at: number, rng: Rng): number {
  if (kind === 'bool' || kind === 'choice') return rng.uniform();
  return Math.max(0, Math.min(1 - 1e-12, at + changeWidth * rng.normal()));
}
