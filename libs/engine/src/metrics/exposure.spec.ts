import { expect, test } from '@jest/globals';
import { ExposureWatch } from './exposure.js';

test('exposure tells how often and how much of the account was at work', () => {
  expect(new ExposureWatch(Float64Array.of(0, 0.5, -0.25, 1, 0)).study()).toEqual({
    timeInMarket: 3 / 5,
    gross: 1.75 / 5,
    net: 1.25 / 5,
    largest: 1,
  });
});

test('an account that was never invested shows none', () => {
  expect(new ExposureWatch(new Float64Array(3)).study()).toEqual({ timeInMarket: 0, gross: 0, net: 0, largest: 0 });
});

test('what becomes known little by little adds up to the last bit as what is known', () => {
  const exposure = Float64Array.from({ length: 101 }, (_, i) => Math.sin(i) * Number(i % 7 > 2));
  const watch = new ExposureWatch(exposure);
  for (const until of [0, 1, 2, 5, 6, 40, 41, 100]) watch.take(until);
  expect(watch.study()).toEqual(new ExposureWatch(exposure).study());
});
