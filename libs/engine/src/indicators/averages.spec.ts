import { describe, expect, test } from '@jest/globals';
import { emaColumn } from './ema.js';
import { smaColumn } from './sma.js';

const column = (...values: number[]): Float64Array => Float64Array.from(values);
const cents = (values: Float64Array): number[] => [...values].map((value) => Math.round(value * 100) / 100);

describe('a simple moving average', () => {
  test('is the mean of as many values as its window, and not defined before', () => {
    expect([...smaColumn(column(1, 2, 3, 4, 10), 3)]).toEqual([NaN, NaN, 2, 3, 17 / 3]);
  });

  test('over one bar is the value itself', () => {
    expect([...smaColumn(column(3, 1, 2), 1)]).toEqual([3, 1, 2]);
  });

  test('longer than the series is nowhere defined', () => {
    expect([...smaColumn(column(1, 2), 3)]).toEqual([NaN, NaN]);
  });

  test('is not defined while a value is missing or infinite, and exact again after', () => {
    expect([...smaColumn(column(1, 2, NaN, 4, 6, 8, Infinity, 1, 3), 2)]).toEqual([
      NaN,
      1.5,
      NaN,
      NaN,
      5,
      7,
      NaN,
      NaN,
      2,
    ]);
  });

  test('does not drift: after a million values it agrees with the mean of its window to the last digits', () => {
    const values = Float64Array.from(
      { length: 1_000_000 },
      (_, i) => 1e6 * Math.abs(Math.sin(i)) ** 8 + 1e-3 * (i % 7),
    );
    const last = smaColumn(values, 20).at(-1)!;
    const exact = values.slice(-20).reduce((sum, value) => sum + value, 0) / 20;
    expect(Math.abs(last / exact - 1)).toBeLessThan(1e-11);
  });

  test.each([0, -1, 2.5, NaN, Infinity])('refuses a window of %p', (window) => {
    expect(() => smaColumn(column(1, 2), window)).toThrow(
      `sma: the window must be a whole number of bars, 1 or more, not ${window}.`,
    );
  });
});

describe('an exponential moving average', () => {
  test('agrees with the published ten-day example of StockCharts ChartSchool', () => {
    const closes = column(
      22.27,
      22.19,
      22.08,
      22.17,
      22.18,
      22.13,
      22.23,
      22.43,
      22.24,
      22.29,
      22.15,
      22.39,
      22.38,
      22.61,
      23.36,
      24.05,
      23.75,
      23.83,
      23.95,
      23.63,
      23.82,
      23.87,
      23.65,
      23.19,
      23.1,
      23.33,
      22.68,
      23.1,
      22.4,
      22.17,
    );
    expect(cents(emaColumn(closes, 10)).slice(9)).toEqual([
      22.22, 22.21, 22.24, 22.27, 22.33, 22.52, 22.8, 22.97, 23.13, 23.28, 23.34, 23.43, 23.51, 23.53, 23.47, 23.4,
      23.39, 23.26, 23.23, 23.08, 22.92,
    ]);
  });

  test('begins with the simple average of its first window', () => {
    expect([...emaColumn(column(1, 2, 3, 5), 3)]).toEqual([NaN, NaN, 2, 3.5]);
  });

  test('begins where its input begins, and anew after a gap', () => {
    expect([...emaColumn(column(NaN, 1, 3, 5, NaN, 7, 9, 9.5), 2)]).toEqual([
      NaN,
      NaN,
      2,
      4,
      NaN,
      NaN,
      8,
      expect.closeTo(9, 12),
    ]);
  });
});
