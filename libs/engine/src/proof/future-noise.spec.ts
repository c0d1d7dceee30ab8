import { expect, test } from '@jest/globals';
import { randomBars } from '../testing.js';
import { withColumnShuffled, withFutureNoise } from './future-noise.js';
import { inOtherYears } from './in-other-years.js';

const bars = { ...randomBars(300, 4), extra: { x: Float64Array.from({ length: 300 }, (_, i) => i) } };

test('noise leaves the past and the clock as they are, and nothing of the future', () => {
  const noisy = withFutureNoise(bars, 100, 1);
  expect([...noisy.close.subarray(0, 100)]).toEqual([...bars.close.subarray(0, 100)]);
  expect(noisy.time).toBe(bars.time);
  expect(noisy.close.subarray(100).some((price, i) => price === bars.close[100 + i])).toBe(false);
});

test('noisy bars are bars: the high above all, the low below, prices above 0', () => {
  const { open, high, low, close } = withFutureNoise(bars, 0, 2);
  const sound = open.every(
    (price, i) => high[i]! >= Math.max(price, close[i]!) && low[i]! <= Math.min(price, close[i]!),
  );
  expect([sound, low.every((price) => price > 0)]).toEqual([true, true]);
});

test('further columns are drawn from their own past', () => {
  const { x } = withFutureNoise(bars, 100, 3).extra;
  expect(x!.subarray(100).every((value) => value < 100)).toBe(true);
});

test('a shuffled column keeps its values, in other rows', () => {
  const { x } = withColumnShuffled(bars, 'x', 1).extra;
  expect(x).not.toEqual(bars.extra.x);
  expect(x!.slice().sort()).toEqual(bars.extra.x);
});

test('28 years before, each day has the same weekday, month and day of the month', () => {
  const day = (at: number) =>
    new Intl.DateTimeFormat('en', { weekday: 'short', month: 'short', day: 'numeric' }).format(at / 1000);
  const { time } = inOtherYears(bars);
  expect(Array.from(time, day)).toEqual(Array.from(bars.time, day));
});
