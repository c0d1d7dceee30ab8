import { describe, expect, test } from '@jest/globals';
import type { Interval } from '../bars.js';
import { barsAt, businessDays } from './golden/backtest.js';
import { returnsAt, sampleTimes } from './sampling.js';
import { dayCloses } from './session-days.js';

const hour = 3_600e6;
const monday = 1_514_764_800e6;

function sampled(time: readonly number[], interval: Interval, offsetMinutes = 0): { at: number[]; basis: string } {
  const column = Float64Array.from(time);
  const bars = barsAt(column, column, interval, offsetMinutes);
  const { at, basis } = sampleTimes(bars, dayCloses(bars));
  return { at: [...at], basis };
}

describe('the bars that ratios look at', () => {
  test('are the first bar and the last of each day where bars are shorter than a day', () => {
    const time = [9, 10, 11, 24 + 9, 24 + 10, 48 + 9].map((hours) => monday + hours * hour);
    expect(sampled(time, '1h')).toEqual({ at: [0, 2, 4, 5], basis: 'session closes, 252 a year' });
  });

  test('end their day at midnight in the zone of the dataset, not in UTC', () => {
    const time = [22, 23, 24, 25, 46].map((hours) => monday + hours * hour);
    expect([sampled(time, '1h').at, sampled(time, '1h', -120).at]).toEqual([
      [0, 1, 4],
      [0, 3, 4],
    ]);
  });

  test('follow a change of the clock', () => {
    const summer = monday + 12 * hour;
    const bars = barsAt(
      Float64Array.from([0, 11, 12, 21.5, 22.5, 23].map((h) => monday + h * hour)),
      new Float64Array(6),
      '30m',
    );
    const zone = { name: 'T', from: Float64Array.of(-Infinity, summer), offsetMinutes: Float64Array.of(60, 120) };
    expect(dayCloses({ ...bars, zone }).bars).toEqual([3, 5]);
  });

  test('are all bars where these are days, whatever the zone: a session date is a label', () => {
    expect(sampled([...businessDays(3)], '1d', -300).at).toEqual([0, 1, 2]);
  });

  test.each<[Interval, number, string]>([
    ['1d', 1, 'daily closes, 365 a year'],
    ['1w', 7, 'weekly closes, 52 a year'],
    ['1mo', 30, 'monthly closes, 12 a year'],
    ['3mo', 91, '3mo closes, 4 a year'],
    ['2w', 14, '2w closes, 26 a year'],
  ])('of bars of %s are annualised by their calendar', (interval, days, basis) => {
    const time = Array.from({ length: 60 }, (_, i) => monday + i * days * 24 * hour);
    expect(sampled(time, interval).basis).toBe(basis);
  });

  test('of daily bars stamped at local midnight are of the local day: a Monday in Tokyo is no Sunday', () => {
    const tokyoMidnights = [...businessDays(60)].map((day) => day - 9 * hour);
    expect(sampled(tokyoMidnights, '1d', 540).basis).toBe('daily closes, 252 a year');
  });

  test('of a currency, which opens on Sunday evening, count 312 a year', () => {
    const sundayToFriday = Array.from(
      { length: 60 },
      (_, i) => monday + (Math.floor(i / 6) * 7 + (i % 6) - 1) * 24 * hour,
    );
    expect(sampled(sundayToFriday, '1d').basis).toBe('daily closes, 312 a year');
  });

  test('of a market without weekends count 252 a year', () => {
    expect(sampled([...businessDays(60)], '1d').basis).toBe('daily closes, 252 a year');
  });
});

test('nothing is earned on an account that is empty', () => {
  const returns = returnsAt(Float64Array.of(100, 0, 0, 5), Int32Array.of(0, 1, 2, 3));
  expect([...returns]).toEqual([-1, 0, 0]);
});
