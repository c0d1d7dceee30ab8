import type { Report } from '../../report.js';
import { edge, legend, line, overTime, percentAxis } from './chart-parts.js';
import type { ReportChart, ReportSeries } from './report-chart.js';

/** Rolling Sharpe over rolling volatility, and beta where there is a benchmark; null where the run is shorter than the window. */
export function rollingOptions({ rolling }: Report): ReportChart | null {
  if (!rolling || rolling.time.length < 2) return null;
  const { time, sharpe, volatility, beta } = rolling;
  const against: ReportSeries[] = beta
    ? [
        {
          ...line,
          name: 'Beta',
          role: 'muted',
          format: 'ratio',
          data: overTime(time, beta),
          lineStyle: { width: 1 },
        },
      ]
    : [];
  return {
    useUTC: true,
    animation: false,
    grid: [
      { ...edge, top: 30, height: '40%' },
      { ...edge, top: '62%', bottom: 24 },
    ],
    legend: { ...legend, data: ['Sharpe ratio', ...(beta ? ['Beta'] : []), 'Volatility'] },
    tooltip: { trigger: 'axis', axisPointer: { type: 'line' } },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    xAxis: [
      { type: 'time', gridIndex: 0, axisLabel: { show: false } },
      { type: 'time', gridIndex: 1, axisLabel: { alignMinLabel: 'left' } },
    ],
    yAxis: [
      { type: 'value', gridIndex: 0, position: 'right', splitNumber: 3 },
      { ...percentAxis, gridIndex: 1, splitNumber: 2 },
    ],
    series: [
      ...against,
      {
        ...line,
        name: 'Sharpe ratio',
        role: 'accent',
        format: 'ratio',
        data: overTime(time, sharpe),
        lineStyle: { width: 1.5 },
      },
      {
        ...line,
        name: 'Volatility',
        role: 'loss',
        format: 'percent',
        data: overTime(time, volatility, 100),
        xAxisIndex: 1,
        yAxisIndex: 1,
        lineStyle: { width: 1 },
        areaStyle: { opacity: 0.12 },
      },
    ],
  };
}
