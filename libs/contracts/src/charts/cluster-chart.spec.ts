import { expect, test } from '@jest/globals';
import { clusterChart } from './cluster-chart.js';

const sample = { at: '2026-11-26T10:00:00Z', waiting: 7, running: 2, workers: 1, lanes: 2, oldestSeconds: 3.5 };
const at = Date.parse(sample.at);

test('what waits and runs stands on one axis, the oldest wait on another', () => {
  expect(clusterChart([sample]).series.map(({ name, data, ...rest }) => [name, data, 'yAxisIndex' in rest])).toEqual([
    ['Waiting', [[at, 7]], false],
    ['Running', [[at, 2]], false],
    ['Oldest wait', [[at, 3.5]], true],
  ]);
});

test('a time in which nobody looked is left out of the curve', () => {
  const later = { ...sample, at: '2026-11-26T10:05:00Z', waiting: 1 };
  expect(clusterChart([sample, later]).series[0]?.data).toEqual([
    [at, 7],
    [at + 299_999, null],
    [at + 300_000, 1],
  ]);
});
