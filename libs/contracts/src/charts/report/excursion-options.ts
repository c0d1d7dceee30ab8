import type { Report } from '../../report.js';
import { edge, percentAxis } from './chart-parts.js';
import type { ReportChart } from './report-chart.js';

const maxPoints = 1_000;

/** Each trade by how far it went against its holder and what it returned, in percent; null where too few say. */
export function excursionOptions({ trades }: Report): ReportChart | null {
  const known = trades.filter(({ adverse, returns }) => adverse !== undefined && Number.isFinite(Number(returns)));
  if (known.length < 5) return null;
  const every = Math.ceil(known.length / maxPoints);
  const shown = known.filter((_, i) => i % every === 0);
  const percent = (fraction: number) => Number((fraction * 100).toPrecision(5));
  return {
    animation: false,
    grid: { ...edge, right: 52, top: 12, bottom: 42 },
    tooltip: { trigger: 'item' },
    xAxis: {
      type: 'value',
      max: 0,
      splitNumber: 4,
      name: 'against it, at worst',
      nameLocation: 'middle',
      nameGap: 26,
      axisLabel: { formatter: '{value} %', alignMinLabel: 'left' },
    },
    yAxis: { ...percentAxis, splitNumber: 3 },
    series: [
      {
        type: 'scatter',
        name: 'went against it, returned (%)',
        role: 'gain',
        format: 'ratio',
        symbolSize: shown.length > 300 ? 4 : 6,
        data: shown.map(({ adverse, returns }) => ({
          value: [percent(adverse!), percent(Number(returns))],
          role: Number(returns) < 0 ? 'loss' : 'gain',
        })),
      },
    ],
  };
}
