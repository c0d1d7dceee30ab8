import { describe, expect, test } from '@jest/globals';
import type { Trial } from './objective.js';
import type { ParameterSpace } from './space.js';
import { goodRegions, heatmapOf, plateauScores, sensitivities } from './surface.js';

const space: ParameterSpace = {
  dimensions: [
    { name: 'a', kind: 'int', min: 0, max: 20 },
    { name: 'b', kind: 'int', min: 0, max: 20 },
  ],
};

/** A broad plateau around (5, 5), and a higher spike at (17, 16) alone. */
const height = (a: number, b: number): number =>
  a === 17 && b === 16 ? 9 : Math.max(0, 5 - 0.1 * ((a - 5) ** 2 + (b - 5) ** 2));
const trials: Trial[] = Array.from({ length: 441 }, (_, index) => {
  const [a, b] = [index % 21, Math.floor(index / 21)];
  return { index, params: { a, b }, value: height(a, b) };
});

describe('a parameter surface', () => {
  test('as a heatmap has the mean of each pair, and NaN where nothing was tried', () => {
    const few: Trial[] = [
      { index: 0, params: { a: 2, b: 'x' }, value: 1 },
      { index: 1, params: { a: 1, b: 'x' }, value: 2 },
      { index: 2, params: { a: 1, b: 'x' }, value: 4 },
      { index: 3, params: { a: 2, b: 'y' }, value: NaN },
      { index: 4, params: { a: 1, b: 'z' }, value: 7 },
    ];
    expect(heatmapOf(few, 'a', 'b')).toEqual({
      x: [1, 2],
      y: ['x', 'z'],
      mean: [Float64Array.of(3, 1), Float64Array.of(7, NaN)],
      count: [Int32Array.of(2, 1), Int32Array.of(1, 0)],
    });
  });

  test('the middle of a plateau scores above a spike that is higher', () => {
    const scores = plateauScores(space, trials, { direction: 'maximise' });
    const at = (a: number, b: number): number => scores[b * 21 + a]!;
    expect(at(5, 5)).toBeGreaterThan(0.85);
    expect(at(17, 16)).toBeLessThan(0.6);
  });

  test('has as many good regions as it has, the one with the best trial first', () => {
    const regions = goodRegions(space, trials, { direction: 'maximise', share: 0.05 });
    expect(regions.map((region) => region.length)).toEqual([1, 22]);
    expect(regions[0]![0]!.params).toEqual({ a: 17, b: 16 });
  });

  test('is sensitive to what moves it, by the share of variance that theory gives', () => {
    const lines = trials.map((trial) => {
      const { a, b } = trial.params;
      return { ...trial, value: 3 * Number(a) + Number(b) };
    });
    const { a, b } = sensitivities(space, lines);
    expect([a, b]).toEqual([expect.closeTo(0.9, 1), expect.closeTo(0.1, 1)]);
  });
});
