import { expect, test } from '@jest/globals';
import type { Bars } from './bars.js';
import { barsBetween } from './bars-between.js';
import { barsFrom } from './testing.js';

function bars(times: readonly number[]): Bars {
  const time = Float64Array.from(times);
  const prices = { open: time, high: time, low: time, close: time, volume: time };
  const zone = { name: 'UTC', from: Float64Array.of(0), offsetMinutes: Float64Array.of(0) };
  return {
    ...{ symbol: 'A', interval: '1m', zone, length: times.length, time, knownAt: time },
    ...prices,
    extra: { bid: time },
  };
}

test('a stretch of time has the bars that start in it, of every column the same ones', () => {
  const [cut, none] = barsBetween([bars([1, 2, 3, 5, 8]), bars([9])], { from: 2, to: 8 });
  expect([cut!.length, Array.from(cut!.close), Array.from(cut!.extra['bid']!)]).toEqual([3, [2, 3, 5], [2, 3, 5]]);
  expect(none!.length).toBe(0);
});

test('a stretch that holds all bars is the bars themselves', () => {
  const whole = bars([1, 2, 3]);
  expect(barsBetween([whole], { from: 0, to: 4 })[0]).toBe(whole);
});

test('a split stays on its bar', () => {
  const rows = [1, 1, 2, 1].map((split) => ({ open: 8, high: 8, low: 8, close: 8, split }));
  const whole = barsFrom(rows);
  const [cut] = barsBetween([whole], { from: whole.time[1]!, to: whole.time[3]! });
  expect(Array.from(cut!.actions!.splits!)).toEqual([1, 2]);
});
