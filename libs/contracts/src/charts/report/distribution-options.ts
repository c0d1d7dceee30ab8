import type { Report } from '../../report.js';
import { roundWidth } from './round-width.js';
import { edge } from './chart-parts.js';
import type { ReportChart } from './report-chart.js';

const wantedLabels = 8;

/** How the sampled returns spread, in percent; null where there are too few. */
export function distributionOptions({ distribution }: Report): ReportChart | null {
  if (!distribution) return null;
  const { width, from, counts } = distribution;
  return histogram({ width: width * 100, from: from * 100, counts, name: 'Periods' });
}

/** A histogram whose bins below zero are losses. Width and edges in percent. */
export function histogram({
  width,
  from,
  counts,
  name,
}: {
  readonly width: number;
  readonly from: number;
  readonly counts: readonly number[];
  readonly name: string;
}): ReportChart {
  // Every so many bins have a label, and zeros before the first put those on round values, 0 among them.
  const every = roundWidth(Math.max(1, counts.length / wantedLabels));
  const first = Math.round(from / width);
  const before = first - Math.floor(first / every) * every;
  const padded = [...new Array<number>(before).fill(0), ...counts];
  const digits = Math.max(0, -Math.floor(Math.log10(width * every) + 1e-9));
  const edges = padded.map((_, bin) => (first - before + bin) * width);
  return {
    animation: false,
    grid: { ...edge, right: 52, top: 12, bottom: 26 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'none' } },
    xAxis: {
      type: 'category',
      data: edges.map((value) => `${value.toFixed(digits)} %`),
      axisLabel: { interval: every - 1, alignMinLabel: 'left' },
    },
    yAxis: { type: 'value', position: 'right', minInterval: 1, splitNumber: 3 },
    series: [
      {
        name,
        type: 'bar',
        role: 'gain',
        format: 'count',
        barCategoryGap: '12%',
        data: padded.map((value, bin) => ({ value, role: edges[bin]! < -width / 2 ? 'loss' : 'gain' })),
      },
    ],
  };
}
