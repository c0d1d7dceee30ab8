import { expect, test } from '@jest/globals';
import { partsThatPay } from './in-parts.js';

test.each([
  ['a generation of 16 over 5,000 daily bars is not cut', 16, 5_000, 1],
  ['one of 32 over a million minutes is', 32, 1_000_000, 1],
  ['of 16 over 100 symbols of them too, into as many parts as there are trials', 16, 100_000_000, 64],
  ['a thousand checks of a proof over a million minutes are', 1_000, 1_000_000, 50],
])('%s', (_, trials, bars, parts) => {
  expect(partsThatPay(trials, bars)).toBe(parts);
});
