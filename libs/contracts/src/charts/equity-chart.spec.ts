import { expect, test } from '@jest/globals';
import { equityChart } from './equity-chart.js';

const curve = {
  time: [0, 86_400e6],
  equity: [100_000, 90_000],
  drawdown: [0, -0.1],
  benchmark: [100_000, 101_000],
};

test('equity stands over the benchmark, with the drawdown on an axis beneath', () => {
  expect(equityChart(curve).series.map(({ name, data, ...rest }) => [name, data, 'yAxisIndex' in rest])).toEqual([
    [
      'Buy and hold',
      [
        [0, 100_000],
        [86_400_000, 101_000],
      ],
      false,
    ],
    [
      'Equity',
      [
        [0, 100_000],
        [86_400_000, 90_000],
      ],
      false,
    ],
    [
      'Drawdown',
      [
        [0, 0],
        [86_400_000, -0.1],
      ],
      true,
    ],
  ]);
});

test('without a benchmark nothing stands in its place', () => {
  expect(equityChart({ ...curve, benchmark: null }).series.map(({ name }) => name)).toEqual(['Equity', 'Drawdown']);
});
