import type { ClusterSample } from '../cluster.js';
import { fixed } from '../figure.js';
import { quietAxis, tooltip, valueAxis } from './axes.js';
import { darkChartTheme, type ChartTheme } from './chart-theme.js';

/** Samples are taken every five seconds; where none was for so long, nobody looked. */
const gapMs = 30_000;

/** How many slices waited over time, and how long the oldest of them had. Options for ECharts. */
export function clusterChart(history: readonly ClusterSample[], theme: ChartTheme = darkChartTheme) {
  const points = (valueOf: (sample: ClusterSample) => number): [number, number | null][] =>
    history.flatMap((sample, index) => {
      const at = Date.parse(sample.at);
      const before = history[index - 1];
      const isAfterGap = before !== undefined && at - Date.parse(before.at) > gapMs;
      return isAfterGap
        ? [
            [at - 1, null],
            [at, valueOf(sample)],
          ]
        : [[at, valueOf(sample)]];
    });
  const line = (colour: string) => ({
    ...{ type: 'line', step: 'end', showSymbol: false, emphasis: { disabled: true } },
    lineStyle: { width: 1.5, color: colour },
    itemStyle: { color: colour },
  });
  return {
    animation: false,
    textStyle: { fontFamily: theme.font },
    tooltip: tooltip(theme),
    legend: {
      ...{ data: ['Waiting', 'Running', 'Oldest wait'], top: 0, left: 12, icon: 'roundRect', selectedMode: false },
      ...{ itemWidth: 14, itemHeight: 3, textStyle: { color: theme.faint, fontFamily: theme.font, fontSize: 11 } },
    },
    grid: [{ left: 56, right: 64, top: 28, bottom: 24, outerBoundsMode: 'none' }],
    xAxis: [{ type: 'time', splitNumber: 6, ...quietAxis(theme) }],
    yAxis: [
      { ...valueAxis(theme), position: 'left', minInterval: 1, min: 0, splitNumber: 3 },
      { ...valueAxis(theme), min: 0, splitNumber: 3, splitLine: { show: false } },
    ],
    series: [
      { ...line(theme.equity), name: 'Waiting', data: points(({ waiting }) => waiting), areaStyle: { opacity: 0.06 } },
      { ...line(theme.gain), name: 'Running', data: points(({ running }) => running) },
      {
        ...line(theme.benchmark),
        ...{ name: 'Oldest wait', yAxisIndex: 1, data: points(({ oldestSeconds }) => oldestSeconds) },
        tooltip: { valueFormatter: (value: unknown) => `${fixed(Number(value), 1)} s` },
      },
    ],
  };
}
