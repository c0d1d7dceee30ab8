import type { SearchHeatmap, SweepReport } from '../../search.js';
import type { ReportChart } from './report-chart.js';

const linesDrawn = 500;

/** The objective over two parameters, from worst to best in colour. */
export function heatmapOptions(
  { x, y, mean }: SearchHeatmap,
  direction: SweepReport['search']['direction'],
): ReportChart {
  const cells = mean.flatMap((row, j) => row.flatMap((value, i) => (value === null ? [] : [[i, j, value] as const])));
  return {
    animation: false,
    grid: { left: 4, right: 90, top: 8, bottom: 44, outerBoundsMode: 'same' },
    tooltip: { trigger: 'item' },
    xAxis: { type: 'category', name: x.name, nameLocation: 'middle', nameGap: 26, data: x.values.map(String) },
    yAxis: { type: 'category', name: y.name, nameLocation: 'end', data: y.values.map(String) },
    visualMap: {
      ...scaleOf(
        cells.map(([, , value]) => value),
        direction,
      ),
      right: 0,
      top: 'middle',
      itemHeight: 180,
    },
    series: [{ type: 'heatmap', name: `${x.name}, ${y.name}`, format: 'ratio', data: cells }],
  };
}

/** Every trial as a line across its parameters, coloured by the objective; evenly spread ones where there are many. */
export function parallelOptions({ trials, objective, search }: SweepReport): object | null {
  const defined = trials.filter(({ value }) => Number.isFinite(Number(value)));
  const names = [...new Set(defined.flatMap(({ params }) => Object.keys(params)))];
  if (defined.length < 2 || names.length === 0) return null;
  const stride = Math.ceil(defined.length / linesDrawn);
  const drawn = defined.filter((_, i) => i % stride === 0);
  const axes = [...names, objective.label];
  const isNumber = names.map((name) => defined.every(({ params }) => typeof (params[name] ?? 0) === 'number'));
  return {
    animation: false,
    parallel: { left: 36, right: 110, top: 34, bottom: 14 },
    tooltip: {},
    parallelAxis: axes.map((name, dim) => ({
      dim,
      name,
      ...(isNumber[dim] === false
        ? { type: 'category', data: [...new Set(defined.map(({ params }) => String(params[name])))] }
        : { scale: true }),
    })),
    visualMap: {
      ...scaleOf(
        drawn.map(({ value }) => Number(value)),
        search.direction,
      ),
      dimension: names.length,
      right: 0,
      top: 'middle',
      itemHeight: 180,
    },
    series: [
      {
        type: 'parallel',
        name: 'Trials',
        format: 'ratio',
        lineStyle: { width: 1, opacity: 0.5 },
        data: drawn.map(({ params, value }) => [
          ...names.map((name, i) => (isNumber[i] ? (params[name] ?? null) : String(params[name]))),
          Number(value),
        ]),
      },
    ],
  };
}

function scaleOf(values: readonly number[], direction: SweepReport['search']['direction']) {
  const min = values.reduce((least, value) => Math.min(least, value), Infinity);
  const max = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const roles = ['loss', 'rule', 'gain'] as const;
  return { min, max, calculable: true, precision: 3, roles: direction === 'maximise' ? roles : roles.toReversed() };
}
