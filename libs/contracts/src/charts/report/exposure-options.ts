import type { Report } from '../../report.js';
import { edge, line, overTime, percentAxis } from './chart-parts.js';
import type { ReportChart } from './report-chart.js';

/** Position value over equity in percent, shorts below zero; null where nothing was ever held. */
export function exposureOptions({ curve }: Report): ReportChart | null {
  const { time, exposure } = curve;
  if (!exposure?.some((value) => value !== 0)) return null;
  return {
    useUTC: true,
    animation: false,
    grid: { ...edge, top: 10, bottom: 24 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'line' } },
    xAxis: { type: 'time', axisLabel: { alignMinLabel: 'left' } },
    yAxis: { ...percentAxis, splitNumber: 2 },
    series: [
      {
        ...line,
        name: 'Exposure',
        role: 'accent',
        format: 'percent',
        data: overTime(time, exposure, 100),
        step: 'end',
        lineStyle: { width: 0.75 },
        areaStyle: { opacity: 0.15 },
      },
    ],
  };
}
