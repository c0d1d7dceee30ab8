import { expect, test } from '@jest/globals';
import { candleChart } from './candle-chart.js';

const candles = { span: 2, bar: [10, 12], time: [1, 2], open: [5, 6], high: [7, 8], low: [4, 5], close: [6, 7] };
const overview = { span: 20, bar: [0], time: [0], open: [1], high: [9], low: [1], close: [8] };
const marks = { longEntries: [[10, 5] as const], shortEntries: [], exits: [[13, 7] as const], hidden: 0 };
const chart = candleChart({ candles, overview, marks, window: { from: 10, to: 13 }, count: 20 });
const series = (id: string) => chart.series.find((one) => one.id === id)?.data;

test('a joined candle stands at the centre of the bars it stands for', () => {
  expect(series('candles')).toEqual([
    [10.5, 5, 6, 4, 7],
    [12.5, 6, 7, 5, 8],
  ]);
});

test('entries and exits stand at their bar and price', () => {
  expect([series('long'), series('short'), series('exit')]).toEqual([[[10, 5]], [], [[13, 7]]]);
});

test('the axis spans the whole series, the zoom the window', () => {
  const [axis] = chart.xAxis;
  const zooms = chart.dataZoom.map(({ startValue, endValue }) => [startValue, endValue]);
  expect([axis?.min, axis?.max, zooms]).toEqual([
    0,
    19,
    [
      [10, 13],
      [10, 13],
    ],
  ]);
});
