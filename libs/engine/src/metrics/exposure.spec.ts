import { expect, test } from '@jest/globals';
import { summariseExposure } from './exposure.js';

test('exposure tells how often and how much of the account was at work', () => {
  expect(summariseExposure(Float64Array.of(0, 0.5, -0.25, 1, 0))).toEqual({
    timeInMarket: 3 / 5,
    gross: 1.75 / 5,
    net: 1.25 / 5,
    largest: 1,
  });
});

test('an account that was never invested shows none', () => {
  expect(summariseExposure(new Float64Array(3))).toEqual({ timeInMarket: 0, gross: 0, net: 0, largest: 0 });
});
