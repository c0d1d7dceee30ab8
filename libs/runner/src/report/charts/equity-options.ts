import type { Report, ReportChart, ReportSeries } from '@quarry/contracts';
import { edge, legend, line, overTime, percentAxis } from '@quarry/contracts/display';

/** Equity over the benchmark, and the drawdown beneath on the same time axis; drawdown in percent. */
export function equityOptions({ curve, bars }: Report): ReportChart {
  const { time, equity, drawdown, benchmark } = curve;
  const held: ReportSeries[] =
    benchmark === null
      ? []
      : [
          {
            ...line,
            name: `${bars?.symbol ?? ''} held`,
            role: 'muted',
            format: 'amount',
            data: overTime(time, benchmark),
            lineStyle: { width: 1 },
          },
        ];
  return {
    useUTC: true,
    animation: false,
    grid: [
      { ...edge, top: 34, height: '58%' },
      { ...edge, top: '76%', bottom: 24 },
    ],
    legend: { ...legend, data: ['Strategy', ...held.map(({ name }) => name), 'Drawdown'] },
    tooltip: { trigger: 'axis', axisPointer: { type: 'line' } },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], filterMode: 'none', zoomOnMouseWheel: 'ctrl' }],
    xAxis: [
      { type: 'time', gridIndex: 0, axisLabel: { show: false } },
      { type: 'time', gridIndex: 1, axisLabel: { alignMinLabel: 'left' } },
    ],
    yAxis: [
      { type: 'value', gridIndex: 0, position: 'right', scale: true },
      { ...percentAxis, gridIndex: 1, max: 0, splitNumber: 2 },
    ],
    series: [
      ...held,
      {
        ...line,
        name: 'Strategy',
        role: 'accent',
        format: 'amount',
        data: overTime(time, equity),
        lineStyle: { width: 1.75 },
      },
      {
        ...line,
        name: 'Drawdown',
        role: 'loss',
        format: 'percent',
        data: overTime(time, drawdown, 100),
        xAxisIndex: 1,
        yAxisIndex: 1,
        lineStyle: { width: 1 },
        areaStyle: { opacity: 0.2 },
      },
    ],
  };
}
