import { expect, test } from '@jest/globals';
import { darkChartTheme } from '../chart-theme.js';
import { histogram } from './distribution-options.js';
import { dressed } from './dressed.js';
import type { ReportChart } from './report-chart.js';

const theme = { ...darkChartTheme, equity: 'gold', gain: 'green', loss: 'red' };
const chart: ReportChart = {
  grid: {},
  legend: { top: 0 },
  tooltip: { trigger: 'item' },
  xAxis: [{ type: 'time' }, { type: 'time', axisLabel: { show: false } }],
  yAxis: { type: 'value', axisLabel: { formatter: '{value} %' } },
  series: [
    { type: 'line', name: 'Sharpe', role: 'accent', format: 'ratio', data: [[0, null]], lineStyle: { width: 2 } },
    { type: 'line', name: 'Volatility', role: 'loss', format: 'percent', data: [[0, 1.5]] },
  ],
};

test('a series takes the colour of its role, and keeps its own width', () => {
  expect(dressed(chart, theme).series.map(({ lineStyle }) => lineStyle)).toEqual([
    { color: 'gold', width: 2 },
    { color: 'red' },
  ]);
});

test('bars of one series that mean gain and loss have the colours of both', () => {
  const { series } = dressed(histogram({ width: 1, from: -1, counts: [3, 4], name: 'Trades' }), theme);
  const colours = series[0]!.data.map((bin) => (bin as { itemStyle: { color: string } }).itemStyle.color);
  expect(colours).toEqual(['red', 'green']);
});

test('values read by their format; what is not defined is a dash', () => {
  const [ratio, percent] = dressed(chart, theme).series.map(({ tooltip }) => tooltip.valueFormatter);
  expect([ratio!(1.234), ratio!(null), ratio!([1, 2]), percent!(1.5), percent!(null)]).toEqual([
    '1.23',
    '–',
    '1, 2',
    '1.50 %',
    '–',
  ]);
});

test('an axis keeps what it says of itself, its labels too', () => {
  const { xAxis, yAxis } = dressed(chart, theme);
  expect(xAxis).toMatchObject([{ type: 'time' }, { axisLabel: { show: false, color: theme.faint } }]);
  expect(yAxis).toMatchObject({ axisLabel: { formatter: '{value} %', fontFamily: theme.font } });
});
