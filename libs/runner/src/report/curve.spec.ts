import { describe, expect, test } from '@jest/globals';
import { drawdownsAt, pointsToDraw } from './curve.js';

describe('drawdown of a curve', () => {
  test('is measured from the highest equity so far, the starting cash included', () => {
    expect(drawdownsAt([0, 1, 2, 3], Float64Array.of(90, 120, 60, 120), 100)).toEqual([90 / 100 - 1, 0, -0.5, 0]);
  });

  test('is the same at a few bars as at all', () => {
    expect(drawdownsAt([0, 2], Float64Array.of(90, 120, 60, 120), 100)).toEqual([90 / 100 - 1, -0.5]);
  });
});

describe('points to draw', () => {
  const long = Float64Array.from({ length: 100_000 }, (_, i) => 1000 + Math.sin(i / 500) * 100);
  long[54_321] = 5000;
  long[77_777] = 1;

  test('a short curve is drawn whole', () => {
    expect(pointsToDraw(Float64Array.of(3, 1, 2), 3)).toEqual([0, 1, 2]);
  });

  test('a long curve has at most the points allowed, and its ends, peak and trough among them', () => {
    const points = pointsToDraw(long, 1000);
    expect({
      fits: points.length <= 2000,
      kept: [0, 54_321, 77_777, 99_999].filter((i) => points.includes(i)),
    }).toEqual({
      fits: true,
      kept: [0, 54_321, 77_777, 99_999],
    });
  });

  test('points are in order and none is drawn twice', () => {
    const points = pointsToDraw(long, 1000);
    expect(points).toEqual([...new Set(points)].sort((a, b) => a - b));
  });
});
