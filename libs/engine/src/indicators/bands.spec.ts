import { describe, expect, test } from '@jest/globals';
import { bollingerColumns } from './bollinger.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { standardDeviationColumn } from './standard-deviation.js';

const column = (...values: number[]): Float64Array => Float64Array.from(values);

describe('a standard deviation', () => {
  test('has the window in its denominator', () => {
    expect([...standardDeviationColumn(column(2, 4, 4, 4, 5, 5, 7, 9), 8)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
      2,
    ]);
  });

  test('of equal values is 0, not a rounding error', () => {
    expect([...standardDeviationColumn(column(0.1, 0.1, 0.1, 0.1), 3).slice(2)]).toEqual([0, 0]);
  });

  test('keeps its digits where prices are large and moves small', () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => 1e9 + (i % 2));
    expect(
      standardDeviationColumn(values, 20)
        .slice(19)
        .every((deviation) => Math.abs(deviation - 0.5) < 1e-12),
    ).toBe(true);
  });
});

describe('Bollinger bands', () => {
  test('stand so many deviations from the average', () => {
    const { upper, middle, lower } = bollingerColumns(column(1, 3, 5), 3, 2);
    const reach = 2 * Math.sqrt(8 / 3);
    expect([upper[2], middle[2], lower[2]]).toEqual([
      expect.closeTo(3 + reach, 12),
      expect.closeTo(3, 12),
      expect.closeTo(3 - reach, 12),
    ]);
  });

  test('refuse a negative number of deviations', () => {
    expect(() => bollingerColumns(column(1), 1, -2)).toThrow('must be 0 or more, not -2.');
  });
});

describe('highest and lowest', () => {
  test('look at the current bar and those before it', () => {
    const values = column(3, 1, 4, 1, 5, 9, 2, 6);
    expect([[...highestColumn(values, 3)], [...lowestColumn(values, 3)]]).toEqual([
      [NaN, NaN, 4, 4, 5, 9, 9, 9],
      [NaN, NaN, 1, 1, 1, 1, 2, 2],
    ]);
  });

  test('do not reach over a missing value', () => {
    expect([...highestColumn(column(9, 1, NaN, 2, 3, 1), 2)]).toEqual([NaN, 9, NaN, NaN, 3, 3]);
  });
});
