import { describe, expect, test } from '@jest/globals';
import { stationaryBlockLength } from './block-length.js';
import { autoregression } from './golden/noise.js';

describe('the mean block length of a stationary bootstrap', () => {
  test.each([
    [500, 1, 0, 2.44869142],
    [500, 1, 0.3, 3.7748799],
    [1260, 42, 0.6, 15.75702203],
    [1260, 7, -0.4, 10.56713468],
    [300, 5, 0.9, 22.12806595],
  ])('of %d values of seed %d, autoregression %d, is that of the peer (arch)', (length, seed, coefficient, theirs) => {
    expect(stationaryBlockLength(autoregression(length, seed, coefficient))).toBeCloseTo(theirs, 7);
  });

  test('of a column that does not vary is 1', () => {
    expect(stationaryBlockLength(new Float64Array(50).fill(0.1))).toBe(1);
  });

  test('cannot be told from a handful of values', () => {
    expect(() => stationaryBlockLength(new Float64Array(5))).toThrow('from 5 values; 9 are needed');
  });
});
