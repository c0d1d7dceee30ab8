import { describe, expect, test } from '@jest/globals';
import { randomBars } from '../testing.js';
import { wholeSampleMark } from './whole-sample-marks.js';

const walk = randomBars(400, 8);
const { close } = walk;
const markOf = (column: Float64Array) => wholeSampleMark({ ...walk, extra: { x: column } }, 'x');
const mean = close.reduce((sum, price) => sum + price, 0) / close.length;
const spread = Math.sqrt(close.reduce((sum, price) => sum + (price - mean) ** 2, 0) / close.length);
const least = Math.min(...close);
const most = Math.max(...close);
const sorted = close.slice().sort();
/** The return of the next five bars as a straight line in the volume tells it, fitted to all rows but the last five. */
const fitted = (() => {
  const ahead = close.slice(0, -5).map((price, i) => close[i + 5]! / price - 1);
  const units = walk.volume.slice(0, -5);
  const middle = (values: Float64Array) => values.reduce((all, value) => all + value / values.length, 0);
  const [y, x] = [middle(ahead), middle(units)];
  const slope =
    units.reduce((all, one, i) => all + (one - x) * (ahead[i]! - y), 0) /
    units.reduce((all, one) => all + (one - x) ** 2, 0);
  return walk.volume.map((one) => y + slope * (one - x));
})();
const total = walk.volume.reduce((sum, units) => sum + units, 0);

describe('arithmetic over the whole sample leaves its mark', () => {
  let sum = 0;
  test.each<[string, Float64Array, string]>([
    ['a z-score', close.map((price) => (price - mean) / spread), 'standard deviation exactly 1'],
    ['a mean taken off', close.map((price) => price - mean), 'mean over all rows is exactly 0'],
    ['extremes as bounds', close.map((price) => (price - least) / (most - least)), 'reaches each once'],
    ['ranks', close.map((price) => sorted.indexOf(price)), 'evenly spaced'],
    ['quartiles', close.map((price) => Math.floor((4 * sorted.indexOf(price)) / 400)), 'equally many rows'],
    ['shares of the total', walk.volume.map((units) => (sum += units) / total), 'rises to exactly 1'],
    ['a model of the next five bars', fitted, 'the return over the next 5 bars has a slope of exactly 1 on it'],
    ['division by the mean', close.map((price) => price / mean), 'exactly 1'],
    ['division by the last', close.map((price) => price / close.at(-1)!), '1 at the last row'],
    ['returns to the end', close.map((price) => close.at(-1)! / price - 1), '0 at the last row'],
  ])('%s', (_, column, words) => {
    expect(markOf(column)).toContain(words);
  });
});

test('a mark outlives rounding to six digits', () => {
  const rounded = (column: Float64Array) => column.map((value) => Math.round(value * 1e6) / 1e6);
  const columns = [
    close.map((price) => (price - mean) / spread),
    close.map((price) => sorted.indexOf(price) / 399),
    close.map((price) => price / mean),
  ];
  expect(columns.map((column) => markOf(rounded(column)) !== null)).toEqual([true, true, true]);
});

test('prices, counters, weekdays and flags bear no such mark', () => {
  let top = 0;
  const honest = [
    close,
    close.map((_, i) => i),
    close.map((_, i) => i % 5),
    close.map((price) => (price > mean ? 1 : 0)),
    close.map((price) => price / (top = Math.max(top, price)) - 1),
  ];
  expect(honest.map(markOf)).toEqual([null, null, null, null, null]);
});
