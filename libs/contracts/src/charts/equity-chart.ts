import { fixed } from '../figure.js';
import type { Report } from '../report.js';
import { quietAxis, tooltip, valueAxis } from './axes.js';
import { milliseconds, percent, shortAmount } from './chart-numbers.js';
import { darkChartTheme } from './chart-theme.js';
import type { ChartTheme } from './chart-theme.js';

/** Equity, with the benchmark behind it and the drawdown beneath, on one time axis. Options for ECharts. */
export function equityChart(curve: Report['curve'], theme: ChartTheme = darkChartTheme) {
  const time = curve.time.map(milliseconds);
  const points = (values: readonly number[]) => values.map((value, i) => [time[i], value]);
  const line = { type: 'line', showSymbol: false, sampling: 'lttb', emphasis: { disabled: true } };

  // A curve that never fell leaves the axis without an extent of its own, and it would reach up to +100 %.
  const deepest = curve.drawdown.some((value) => value < 0) ? undefined : -0.02;

  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: theme.font },
    tooltip: tooltip(theme),
    legend: {
      data: curve.benchmark === null ? ['Equity'] : ['Equity', 'Buy and hold'],
      top: 4,
      left: 12,
      icon: 'roundRect',
      itemWidth: 14,
      itemHeight: 3,
      selectedMode: false,
      textStyle: { color: theme.faint, fontFamily: theme.font, fontSize: 11 },
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: [
      { left: 12, right: 64, top: 28, height: '60%', outerBoundsMode: 'none' },
      { left: 12, right: 64, top: '74%', bottom: 24, outerBoundsMode: 'none' },
    ],
    xAxis: [
      { type: 'time', gridIndex: 0, splitNumber: 6, ...quietAxis(theme), axisLabel: { show: false } },
      { type: 'time', gridIndex: 1, splitNumber: 6, ...quietAxis(theme) },
    ],
    yAxis: [
      { ...valueAxis(theme), gridIndex: 0, scale: true, axisLabel: axisLabel(theme, shortAmount) },
      {
        ...valueAxis(theme),
        gridIndex: 1,
        min: deepest,
        max: 0,
        splitNumber: 2,
        axisLabel: axisLabel(theme, (v) => percent(v, 0)),
      },
    ],
    dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], filterMode: 'none', zoomOnMouseWheel: 'ctrl' }],
    series: [
      ...(curve.benchmark === null
        ? []
        : [
            {
              ...line,
              name: 'Buy and hold',
              data: points(curve.benchmark),
              lineStyle: { width: 1, color: theme.benchmark },
              itemStyle: { color: theme.benchmark },
              tooltip: { valueFormatter: amount },
            },
          ]),
      {
        ...line,
        name: 'Equity',
        data: points(curve.equity),
        lineStyle: { width: 1.5, color: theme.equity },
        itemStyle: { color: theme.equity },
        areaStyle: { color: theme.equity, opacity: 0.06 },
        tooltip: { valueFormatter: amount },
      },
      {
        ...line,
        name: 'Drawdown',
        data: points(curve.drawdown),
        xAxisIndex: 1,
        yAxisIndex: 1,
        sampling: 'min',
        lineStyle: { width: 1, color: theme.loss },
        itemStyle: { color: theme.loss },
        areaStyle: { color: theme.loss, opacity: 0.18 },
        tooltip: { valueFormatter: (value: unknown) => percent(Number(value), 2) },
      },
    ],
  };
}

function amount(value: unknown): string {
  return fixed(Number(value), 2);
}

function axisLabel(theme: ChartTheme, formatter: (value: number) => string): object {
  return { color: theme.faint, fontFamily: theme.font, fontSize: 11, formatter };
}
