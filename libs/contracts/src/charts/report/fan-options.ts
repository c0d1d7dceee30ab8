import type { Bands, MonteCarloReport } from '../../monte-carlo.js';
import { edge, legend, line } from './chart-parts.js';
import type { ReportChart, ReportSeries } from './report-chart.js';

const names = ['5 %', '25 %', 'Median', '75 %', '95 %'];

/** The fan of a finished Monte Carlo; null where its method makes no paths. */
export function fanOptions({ paths, runs, step }: MonteCarloReport): ReportChart | null {
  const bands = paths?.bands ?? runs?.bands;
  if (!bands || bands.levels.length === 0) return null;
  return bandOptions(bands, step.startsWith('trade') ? 'Trades' : 'Returns');
}

/** Bands of the account's level over steps: half of the paths lie within the inner, nine in ten within the outer. */
export function bandOptions(bands: Bands, stepName: 'Trades' | 'Returns'): ReportChart {
  type Style = Pick<ReportSeries, 'role' | 'lineStyle'>;
  const inner: Style = { role: 'accent', lineStyle: { width: 1, opacity: 0.6 } };
  const outer: Style = { role: 'muted', lineStyle: { width: 1 } };
  const middle: Style = { role: 'accent', lineStyle: { width: 2 } };
  return {
    animation: false,
    grid: { ...edge, top: 34, bottom: 42 },
    legend: { ...legend, data: names },
    tooltip: { trigger: 'axis', axisPointer: { type: 'line' } },
    xAxis: {
      type: 'value',
      name: stepName,
      nameLocation: 'middle',
      nameGap: 26,
      max: bands.steps.at(-1),
    },
    yAxis: { type: 'value', position: 'right', scale: true },
    series: bands.levels.map((levels, b) => ({
      ...line,
      name: names[b] ?? '',
      format: 'ratio' as const,
      ...[outer, inner, middle, inner, outer][b],
      data: [[0, 1], ...levels.map((level, i) => [bands.steps[i], level])],
    })),
  };
}
