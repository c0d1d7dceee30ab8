import { expect, test } from '@jest/globals';
import type { TrialPoint } from '../run.js';
import { trialGrid } from './trial-grid.js';

const trial = (params: TrialPoint['params'], value: TrialPoint['value']): TrialPoint => ({ index: 0, params, value });

test('trials at the same place are averaged, what has no value leaves its place empty', () => {
  const trials = [
    trial({ slow: 30, fast: 10, mode: 'calm' }, 1),
    trial({ slow: 30, fast: 10, mode: 'wild' }, 2),
    trial({ slow: 20, fast: 10, mode: 'calm' }, 'NaN'),
    trial({ slow: 40, fast: 5, mode: 'calm' }, -1),
  ];
  expect(trialGrid(trials)).toEqual({
    x: { name: 'slow', values: [20, 30, 40] },
    y: { name: 'fast', values: [5, 10] },
    mean: [
      [null, null, -1],
      [null, 1.5, null],
    ],
  });
});

test('many different numbers fall into 16 bins, named by their middles, the largest into the last', () => {
  const grid = trialGrid(Array.from({ length: 33 }, (_, i) => trial({ x: i, y: i % 2 }, i)));
  expect([grid?.x.values.length, grid?.x.values[0], grid?.mean.at(-1)?.at(-1)]).toEqual([16, 1, 31]);
});

test('with a single parameter there is no second axis to draw', () => {
  expect(trialGrid([trial({ fast: 1, slow: 3 }, 1), trial({ fast: 2, slow: 3 }, 2)])).toBeNull();
});
