import { expect, test } from '@jest/globals';
import { normalCdf } from './normal-cdf.js';

test('the normal distribution function agrees with published values to thirteen digits, far into both tails', () => {
  // scipy.stats.norm.cdf.
  const published: readonly (readonly [number, number])[] = [
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.6448536269514722, 0.05],
    [2.5, 0.9937903346742238],
    [-4.9, 4.791832765903204e-7],
    [-6, 9.865876450376946e-10],
    [-10, 7.619853024160469e-24],
    [8, 0.9999999999999993],
  ];
  const off = published.filter(([x, p]) => !(Math.abs(normalCdf(x) / p - 1) < 1e-9));
  expect(off).toEqual([]);
});

test('it is 0 and 1 at the ends and undefined of what is not', () => {
  expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(NaN)]).toEqual([0, 1, NaN]);
});
