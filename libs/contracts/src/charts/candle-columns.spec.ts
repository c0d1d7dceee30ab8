import { expect, test } from '@jest/globals';
import { groupCandles, timeOfBar } from './candle-columns.js';

const rows = {
  span: 8,
  bar: [0, 8, 16, 24, 32],
  time: [100, 200, 300, 400, 500],
  open: [1, 2, 3, 4, 5],
  high: [9, 7, 8, 6, 5],
  low: [1, 0, 2, 4, 5],
  close: [2, 3, 4, 5, 6],
};

test('joined candles open with the first, close with the last and reach as far as any', () => {
  expect(groupCandles(rows, 2)).toEqual({
    span: 16,
    bar: [0, 16, 32],
    time: [100, 300, 500],
    open: [1, 3, 5],
    high: [9, 8, 5],
    low: [0, 2, 5],
    close: [3, 5, 6],
  });
});

test('groups of one are the candles themselves', () => {
  expect(groupCandles(rows, 1)).toBe(rows);
});

test('every bar that a row stands for has the time of that row', () => {
  expect([0, 7, 8, 39].map((bar) => timeOfBar(rows, bar))).toEqual([100, 100, 200, 500]);
});

test('a bar outside the rows has no time', () => {
  expect([-1, 40].map((bar) => timeOfBar(rows, bar))).toEqual([NaN, NaN]);
});
