import { expect, test } from '@jest/globals';
import { basketOf, missingBars, momentsOf } from './basket.js';
import { paceOf } from './pace.js';
import { barsFromCloses } from './testing.js';

const day = 86_400e6;
const start = 1_577_836_800e6;
const a = barsFromCloses([10, 20, 30, 40], { symbol: 'A', start });
const b = barsFromCloses([5, 10], { symbol: 'B', start: start + day });

test('one series is its own basket', () => {
  expect(basketOf([a])).toBe(a);
});

test('equal parts are bought at each first close, are cash before, and stay at the last close', () => {
  const { symbol, close, length, time } = basketOf([a, b]);
  expect([symbol, length, Array.from(time)]).toEqual(['A, B', 4, Array.from(a.time)]);
  expect(Array.from(close)).toEqual([50 + 50, 100 + 50, 150 + 100, 200 + 100]);
});

test('a bar is missing where others have one between the first and the last of a series', () => {
  const gappy = { ...a, length: 2, knownAt: Float64Array.of(a.knownAt[0]!, a.knownAt[3]!) };
  const pace = paceOf([a, b]);
  expect([a, b, gappy].map((bars) => missingBars(bars, pace))).toEqual([0, 0, 2]);
});

test('each bar has its place among the moments of the run', () => {
  expect(Array.from(momentsOf(b, paceOf([a, b])))).toEqual([1, 2]);
});
