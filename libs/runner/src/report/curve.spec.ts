import { describe, expect, test } from '@jest/globals';
import { CurveWatch, drawnCurve } from './curve.js';

describe('drawdown of a curve', () => {
  test('is measured from the highest equity so far, the starting cash included', () => {
    expect(drawnCurve(Float64Array.of(90, 120, 60, 120), 100).drawdown).toEqual([90 / 100 - 1, 0, -0.5, 0]);
  });
});

describe('points to draw', () => {
  const long = Float64Array.from({ length: 100_000 }, (_, i) => 1000 + Math.sin(i / 500) * 100);
  long[54_321] = 5000;
  long[77_777] = 1;

  test('a short curve is drawn whole', () => {
    expect(drawnCurve(Float64Array.of(3, 1, 2), 3).points).toEqual([0, 1, 2]);
  });

  test('a long curve has at most the points allowed, and its ends, peak and trough among them', () => {
    const { points } = drawnCurve(long, 1000);
    expect({
      fits: points.length <= 2000,
      kept: [0, 54_321, 77_777, 99_999].filter((i) => points.includes(i)),
    }).toEqual({
      fits: true,
      kept: [0, 54_321, 77_777, 99_999],
    });
  });

  test('a curve that grows bar by bar is drawn as one that was there at once', () => {
    const growing = new Float64Array(long.length);
    const watch = new CurveWatch(growing, 1000);
    for (let done = 0; done < long.length - 1;) {
      const until = Math.min(long.length - 1, done + 1 + (done % 977));
      growing.set(long.subarray(done, until), done);
      watch.take((done = until));
    }
    growing[long.length - 1] = long[long.length - 1]!;
    expect(watch.curve()).toEqual(drawnCurve(long, 1000));
  });

  test('points are in order and none is drawn twice', () => {
    const { points } = drawnCurve(long, 1000);
    expect(points).toEqual([...new Set(points)].sort((a, b) => a - b));
  });

  test('the drawdown of a few points is the one that all points have there', () => {
    const { points, drawdown } = drawnCurve(long, 1000);
    const whole = drawnCurve(long, 1000, Infinity).drawdown;
    expect(drawdown).toEqual(points.map((i) => whole[i]));
  });

  test('a first bar below the starting cash is under water', () => {
    const sunk = long.map((value) => value / 2);
    expect(drawnCurve(sunk, 1000).drawdown[0]).toBe(sunk[0]! / 1000 - 1);
  });
});
