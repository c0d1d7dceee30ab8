import { expect, test } from '@jest/globals';
import { runWhole } from '../monte-carlo/slices.js';
import { RandomStream } from '../monte-carlo/random-stream.js';
import { superiorAbility } from './superior-ability.js';

const searches = 1000;
const level = 0.1;

/** Ten related trials without an edge. */
function search(index: number): Float64Array[] {
  const stream = new RandomStream(77, index);
  const excess = Array.from({ length: 10 }, () => new Float64Array(200));
  for (let t = 0; t < 200; t++) {
    const common = stream.normal();
    excess.forEach((column, k) => {
      column[t] = common * 0.7 + stream.normal() * (1 + k / 5);
    });
  }
  return excess;
}

test('Reality Check and SPA call luck skill about as often as their level says', () => {
  let reality = 0;
  let consistent = 0;
  for (let index = 0; index < searches; index++) {
    const { realityCheck, spa } = runWhole(
      superiorAbility({ excess: search(index), blockLength: 1, resamples: 250, seed: index }),
    );
    if (realityCheck < level) reality++;
    if (spa.consistent < level) consistent++;
  }
  // Three deviations of a share of 1,000, and a little for deviations that are estimated.
  expect(Math.abs(reality / searches - level)).toBeLessThan(0.035);
  expect(Math.abs(consistent / searches - level)).toBeLessThan(0.035);
});
