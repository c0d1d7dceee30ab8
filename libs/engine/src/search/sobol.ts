import { RandomStream } from '../monte-carlo/random-stream.js';
import { joeKuo } from './joe-kuo.js';
import type { SearchMethod } from './search-method.js';
import { decode, isAllowed, type ParameterSpace, requireSpace } from './space.js';

/** As many axes as there are direction numbers for. */
export const mostSobolDimensions = joeKuo.length + 1;

const bits = 32;

/**
 * Points of Sobol's sequence (1967) in the order of its Gray code (Antonov and Saleev 1979), with the direction numbers
 * of Joe and Kuo (2008): the first 2^m of them fill the cube far more evenly than chance.
 */
export class Sobol {
  readonly #directions: readonly Int32Array[];
  readonly #shift: Int32Array;

  /**
   * @param shiftSeed seeds a digital shift of all points, which keeps them even and takes the first off the corner;
   *   null for the sequence as it is
   */
  constructor(dimensions: number, shiftSeed: number | null = null) {
    if (!(dimensions >= 1 && dimensions <= mostSobolDimensions)) {
      throw new RangeError(`Sobol's sequence is here for 1 to ${mostSobolDimensions} dimensions, not ${dimensions}.`);
    }
    this.#directions = Array.from({ length: dimensions }, (_, d) => directionsOf(d));
    this.#shift = new Int32Array(dimensions);
    if (shiftSeed === null) return;
    const stream = new RandomStream(shiftSeed, 0);
    for (let d = 0; d < dimensions; d++) this.#shift[d] = stream.integer(2 ** 32);
  }

  /** Coordinates in [0, 1) of the point with this index, from 0. */
  at(index: number): Float64Array {
    const gray = (index ^ (index >>> 1)) >>> 0;
    return Float64Array.from(this.#directions, (directions, d) => {
      let word = this.#shift[d]!;
      for (let bit = 0; bit < bits; bit++) if ((gray >>> bit) & 1) word ^= directions[bit]!;
      return (word >>> 0) / 2 ** bits;
    });
  }
}

function directionsOf(dimension: number): Int32Array {
  const directions = new Int32Array(bits);
  if (dimension === 0) {
    for (let i = 0; i < bits; i++) directions[i] = 1 << (bits - 1 - i);
    return directions;
  }
  const [polynomial, ...initial] = joeKuo[dimension - 1]!;
  const degree = initial.length;
  for (let i = 0; i < bits; i++) {
    if (i < degree) {
      directions[i] = initial[i]! << (bits - 1 - i);
      continue;
    }
    let word = directions[i - degree]! ^ (directions[i - degree]! >>> degree);
    for (let k = 1; k < degree; k++) if ((polynomial >>> (degree - k)) & 1) word ^= directions[i - k]!;
    directions[i] = word;
  }
  return directions;
}

/**
 * A search that goes through Sobol's points in order, leaving out those that the constraints forbid: trial i is the
 * i-th that is allowed. The points are shifted by the run's seed.
 */
export function sobolSearch(space: ParameterSpace, runSeed: number): SearchMethod {
  requireSpace(space);
  const sobol = new Sobol(space.dimensions.length, runSeed);
  const allowed: number[] = [];
  let next = 0;
  return {
    propose: (index) => {
      // What was found before is the same for whoever asks in another order.
      for (let tries = 0; allowed.length <= index; next++) {
        if (isAllowed(space, decode(space, sobol.at(next)))) {
          allowed.push(next);
          tries = 0;
        } else if (++tries > 10_000) {
          throw new RangeError('None of 10,000 points met the constraints. Loosen them, or narrow the dimensions.');
        }
      }
      return decode(space, sobol.at(allowed[index]!));
    },
  };
}
