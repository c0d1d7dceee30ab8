import { RandomStream, type Rng } from '../monte-carlo/random-stream.js';
import type { SearchMethod } from './search-method.js';
import { decode, isAllowed, type Params, type ParameterSpace, requireSpace } from './space.js';

/** Draws before a space is said to have hardly anything that its constraints allow. */
const mostTries = 10_000;

/** Independent uniform draws (Bergstra and Bengio, Journal of Machine Learning Research 13, 2012). */
export function randomSearch(space: ParameterSpace, runSeed: number): SearchMethod {
  requireSpace(space);
  const stream = new RandomStream(runSeed, 0);
  return { propose: (index) => drawAllowed(space, stream.startAt(runSeed, index)) };
}

/** A trial that the constraints allow, each such one as likely as any. */
export function drawAllowed(space: ParameterSpace, rng: Rng): Params {
  return firstAllowed(space, () =>
    decode(
      space,
      space.dimensions.map(() => rng.uniform()),
    ),
  );
}

/** @throws RangeError after so many draws that none is to be hoped for */
export function firstAllowed(space: ParameterSpace, draw: () => Params): Params {
  for (let tries = 0; tries < mostTries; tries++) {
    const params = draw();
    if (isAllowed(space, params)) return params;
  }
  throw new RangeError(`None of ${mostTries} draws met the constraints. Loosen them, or narrow the dimensions.`);
}
