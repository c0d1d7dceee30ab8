import { expect, test } from '@jest/globals';
import { basketOf, missingBars, momentsOf } from './basket.js';
import { paceOf } from './pace.js';
import { type BarRow, barsFrom, barsFromCloses } from './testing.js';

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

test('a split changes no worth, a dividend buys more, and a delisting leaves what was stated', () => {
  const row = (close: number, more: Partial<BarRow> = {}) => ({ open: close, high: close, low: close, close, ...more });
  const acted = barsFrom([row(10), row(5, { split: 2 }), row(4, { dividend: 1 }), row(4, { delisting: 3 })], { start });
  expect(Array.from(basketOf([acted]).close)).toEqual([10, 10, 10, 7.5]);
  const idle = barsFromCloses([1, 1, 1, 1, 1], { symbol: 'B', start });
  expect(Array.from(basketOf([acted, idle]).close)).toEqual([100, 100, 100, 87.5, 87.5]);
});

test('a bar is missing where others have one between the first and the last of a series', () => {
  const gappy = { ...a, length: 2, knownAt: Float64Array.of(a.knownAt[0]!, a.knownAt[3]!) };
  const pace = paceOf([a, b]);
  expect([a, b, gappy].map((bars) => missingBars(bars, pace))).toEqual([0, 0, 2]);
});

test('each bar has its place among the moments of the run', () => {
  expect(Array.from(momentsOf(b, paceOf([a, b])))).toEqual([1, 2]);
});
