import { expect, test } from '@jest/globals';
import { nextLook } from './next-look.js';

test.each([
  ['far from its limit is looked at every 10 ms', 300, 0, 10],
  ['near its limit is looked at more often, though it stands still', 20, 0, 5],
  ['that grows fast is looked at more often, though it is far from its limit', 100, 10, 5],
  ['at its limit is looked at every millisecond', 0.5, 0, 1],
  ['above its limit is looked at every millisecond', -5, 3, 1],
  ['that shrinks is looked at as one that stands still', 20, -4, 5],
])('a process %s', (_what, headroom, growth, ms) => {
  expect(nextLook(headroom, growth)).toBe(ms);
});
