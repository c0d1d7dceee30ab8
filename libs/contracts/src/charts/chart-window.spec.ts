import { describe, expect, test } from '@jest/globals';
import { barCount, clampWindow, planWindow } from './chart-window.js';

const chunk = (firstRow: number, rows: number, offset: number) => ({
  firstRow,
  rows,
  from: 0,
  to: 0,
  offset,
  length: 10,
});
const index = {
  schema: 'quarry.chart/1' as const,
  columns: ['time'],
  levels: [
    { factor: 1, rows: 20_000, chunks: [chunk(0, 8192, 0), chunk(8192, 8192, 10), chunk(16_384, 3616, 20)] },
    { factor: 8, rows: 2500, chunks: [chunk(0, 2500, 30)] },
  ],
};

describe('planning what to fetch for a window of bars', () => {
  test('a narrow window takes the finest level, and only the chunks it touches', () => {
    const plan = planWindow(index, { from: 8000, to: 9000 }, 2000);
    expect([plan.factor, plan.chunks.map(({ offset }) => offset)]).toEqual([1, [0, 10]]);
  });

  test('a window that ends on the last bar of a chunk leaves the next chunk alone', () => {
    expect(planWindow(index, { from: 8000, to: 8191 }, 2000).chunks.map(({ offset }) => offset)).toEqual([0]);
  });

  test('a wide window takes a coarser level', () => {
    const plan = planWindow(index, { from: 0, to: 19_999 }, 6400);
    expect([plan.factor, plan.chunks.map(({ offset }) => offset)]).toEqual([8, [30]]);
  });

  test('where even the coarsest level has more rows than asked, it is taken all the same', () => {
    expect(planWindow(index, { from: 0, to: 19_999 }, 100).factor).toBe(8);
  });

  test('the bars are counted at full resolution', () => {
    expect(barCount(index)).toBe(20_000);
  });
});

describe('keeping a window within the series', () => {
  test('a window beyond the end moves back and keeps its length', () => {
    expect(clampWindow({ from: 950, to: 1049 }, 1000)).toEqual({ from: 900, to: 999 });
  });

  test('a window before the start moves forward', () => {
    expect(clampWindow({ from: -30, to: 69 }, 1000)).toEqual({ from: 0, to: 99 });
  });

  test('a window never shows fewer bars than can be told apart', () => {
    expect(clampWindow({ from: 500, to: 501 }, 1000)).toEqual({ from: 500, to: 519 });
  });

  test('a series shorter than that is shown whole', () => {
    expect(clampWindow({ from: 2, to: 3 }, 5)).toEqual({ from: 0, to: 4 });
  });
});
