import { expect, test } from '@jest/globals';
import { pathBands } from './path-bands.js';

test('bands of paths so far are levels that paths had, by their rank at each step', () => {
  const paths = Array.from({ length: 21 }, (_, index) => ({ index, levels: [1 + index / 100, 2 - index / 100] }));
  expect(pathBands(paths, [10, 20])).toEqual({
    steps: [10, 20],
    levels: [
      [1.01, 1.81],
      [1.05, 1.85],
      [1.1, 1.9],
      [1.15, 1.95],
      [1.19, 1.99],
    ],
  });
});

test('one path is all of its bands; without any there are none', () => {
  expect([pathBands([{ index: 4, levels: [1.5] }], [3])?.levels, pathBands([], [3])]).toEqual([
    [[1.5], [1.5], [1.5], [1.5], [1.5]],
    null,
  ]);
});
