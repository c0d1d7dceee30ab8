import { describe, expect, test } from '@jest/globals';
import { atrColumn } from './atr.js';
import { emaColumn } from './ema.js';
import { macdColumns } from './macd.js';
import { rsiColumn } from './rsi.js';

const column = (...values: number[]): Float64Array => Float64Array.from(values);
const cents = (values: Float64Array): number[] => [...values].map((value) => Math.round(value * 100) / 100);

describe("Wilder's relative strength index", () => {
  test('agrees with the published example of StockCharts ChartSchool', () => {
    const closes = column(
      44.3389,
      44.0902,
      44.1497,
      43.6124,
      44.3278,
      44.8264,
      45.0955,
      45.4245,
      45.8433,
      46.0826,
      45.8931,
      46.0328,
      45.614,
      46.282,
      46.282,
      46.0028,
      46.0328,
      46.4116,
      46.2222,
      45.6439,
      46.2122,
      46.2521,
      45.7137,
      46.4515,
      45.7835,
      45.3548,
      44.0288,
      44.1783,
      44.2181,
      44.5672,
      43.4205,
      42.6628,
      43.1314,
    );
    expect(cents(rsiColumn(closes, 14)).slice(14)).toEqual([
      70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87, 45.46,
      37.3, 33.08, 37.77,
    ]);
  });

  test('is 100 where nothing fell, 0 where nothing rose, 50 where nothing moved', () => {
    const last = (...values: number[]): number => rsiColumn(column(...values), 2).at(-1)!;
    expect([last(1, 2, 3), last(3, 2, 1), last(2, 2, 2)]).toEqual([100, 0, 50]);
  });

  test('needs one value more than its window, also after a gap', () => {
    expect([...rsiColumn(column(1, 2, 3, NaN, 3, 2, 1), 2)]).toEqual([NaN, NaN, 100, NaN, NaN, NaN, 0]);
  });
});

describe("Wilder's average true range", () => {
  test('counts a gap from the close before, begins on the second bar and is smoothed', () => {
    const high = column(10, 12, 11, 15, 14);
    const low = column(9, 11, 9, 14, 12);
    const close = column(9.5, 11.5, 10, 14.5, 13);
    // True ranges from the second bar on: 12 - 9.5, 11.5 - 9, 15 - 10, 14.5 - 12.
    expect([...atrColumn(high, low, close, 2)]).toEqual([NaN, NaN, 2.5, 3.75, 3.125]);
  });

  test('begins anew where a bar is missing', () => {
    const high = column(10, 12, NaN, 12, 13, 15);
    expect([...atrColumn(high, column(9, 9, 9, 9, 9, 9), column(9, 10, 10, 10, 10, 10), 2)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
      3.5,
      4.75,
    ]);
  });
});

describe('a MACD', () => {
  const closes = Float64Array.from({ length: 80 }, (_, i) => 100 + 10 * Math.sin(i / 5) + i / 10);

  test('is the difference of two exponential averages, its signal the average of that', () => {
    const { line, signal, histogram } = macdColumns(closes, { fast: 12, slow: 26, signal: 9 });
    const fast = emaColumn(closes, 12);
    const slow = emaColumn(closes, 26);
    expect([line[60], signal[60], histogram[60]]).toEqual([
      fast[60]! - slow[60]!,
      emaColumn(line, 9)[60],
      line[60]! - signal[60]!,
    ]);
  });

  test('has a line from the slow window on, and a signal so many bars later', () => {
    const { line, signal } = macdColumns(closes, { fast: 12, slow: 26, signal: 9 });
    expect([line.findIndex((value) => value === value), signal.findIndex((value) => value === value)]).toEqual([
      25, 33,
    ]);
  });

  test('refuses a fast average that is not the faster one', () => {
    expect(() => macdColumns(closes, { fast: 26, slow: 12, signal: 9 })).toThrow(
      'macd: the fast window (26) must be shorter than the slow one (12).',
    );
  });
});
