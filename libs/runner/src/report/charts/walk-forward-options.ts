import type { WalkForwardReport } from '@quarry/contracts';
import { edge, legend, line, overTime } from '@quarry/contracts/display';

/** The stitched account over its tests, each on a ground of its own. */
export function stitchedOptions({ stitched, folds }: WalkForwardReport): object {
  const { time, equity } = stitched.curve;
  return {
    useUTC: true,
    animation: false,
    grid: { ...edge, top: 12, bottom: 24 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'line' } },
    xAxis: { type: 'time', axisLabel: { alignMinLabel: 'left' } },
    yAxis: { type: 'value', position: 'right', scale: true },
    series: [
      {
        ...line,
        name: 'Out of sample',
        role: 'accent',
        format: 'ratio',
        data: overTime(time, equity),
        lineStyle: { width: 1.75 },
        markArea: {
          silent: true,
          itemStyle: { color: 'rgba(128,128,128,0.10)' },
          data: folds
            .filter((_, i) => i % 2 === 1)
            .map(({ test }) => [{ xAxis: test.from / 1000 }, { xAxis: test.to / 1000 }]),
        },
      },
    ],
  };
}

/** The objective of each fold's choice, in training and in the test that followed. */
export function foldOptions({ folds, objective }: WalkForwardReport): object {
  const id = objective.id as keyof NonNullable<WalkForwardReport['folds'][number]['inSample']>;
  const values = (of: 'inSample' | 'outOfSample') =>
    folds.map((fold) => {
      const value = Number(fold[of]?.[id] ?? NaN);
      return Number.isFinite(value) ? value : null;
    });
  return {
    animation: false,
    grid: { ...edge, top: 34, bottom: 24 },
    legend: { ...legend, data: ['In sample', 'Out of sample'] },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    xAxis: { type: 'category', data: folds.map((_, i) => `Fold ${i + 1}`) },
    yAxis: { type: 'value', position: 'right' },
    series: [
      { type: 'bar', name: 'In sample', role: 'muted', format: 'ratio', data: values('inSample') },
      { type: 'bar', name: 'Out of sample', role: 'accent', format: 'ratio', data: values('outOfSample') },
    ],
  };
}
