import type { CrossValidationReport, ReturnFigures } from '@quarry/contracts';
import { edge, line, overTime } from '@quarry/contracts/display';

const linesDrawn = 60;

/** The account of each path over time; evenly spread ones where there are many. */
export function pathOptions({ curves: { time, equity } }: CrossValidationReport): object {
  const stride = Math.ceil(equity.length / linesDrawn);
  return {
    useUTC: true,
    animation: false,
    grid: { ...edge, top: 12, bottom: 24 },
    xAxis: { type: 'time', axisLabel: { alignMinLabel: 'left' } },
    yAxis: { type: 'value', position: 'right', scale: true },
    series: equity
      .filter((_, i) => i % stride === 0)
      .map((levels, i) => ({
        ...line,
        name: `Path ${i * stride + 1}`,
        role: 'accent',
        format: 'ratio',
        silent: true,
        data: overTime(time, levels),
        lineStyle: { width: 1.25, opacity: 0.55 },
      })),
  };
}

/** The objective of each path, in ascending order: the distribution itself where paths are few. */
export function pathValueOptions({ paths, objective }: CrossValidationReport): object {
  const id = objective.id as keyof ReturnFigures;
  const values = paths
    .map(({ figures }, i) => ({ path: i + 1, value: Number(figures[id]) }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value);
  return {
    animation: false,
    grid: { ...edge, top: 12, bottom: 24 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'category', data: values.map(({ path }) => `Path ${path}`) },
    yAxis: { type: 'value', position: 'right' },
    series: [
      {
        type: 'bar',
        name: objective.label,
        format: 'ratio',
        barMaxWidth: 40,
        data: values.map(({ value }) => ({ value, role: value < 0 ? 'loss' : 'gain' })),
      },
    ],
  };
}

/** The objective of what each split chose: in training, and in its tests. */
export function splitOptions({ splits, objective }: CrossValidationReport): object {
  const points = splits
    .map(({ inSample, outOfSample }) => [Number(inSample), Number(outOfSample)])
    .filter((pair) => pair.every(Number.isFinite));
  const axis = { type: 'value', scale: true, nameLocation: 'middle' };
  return {
    animation: false,
    grid: { ...edge, left: 16, top: 12, bottom: 42 },
    tooltip: { trigger: 'item' },
    xAxis: { ...axis, name: `${objective.label} in sample`, nameGap: 26 },
    yAxis: { ...axis, name: 'Out of sample', nameGap: 40, position: 'right' },
    series: [{ type: 'scatter', name: 'Split', role: 'accent', format: 'ratio', symbolSize: 8, data: points }],
  };
}
