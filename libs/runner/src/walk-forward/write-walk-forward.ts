import { paramsText } from '@quarry/contracts';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stitchedEquity } from '@quarry/engine/host';
import { writeParquet, type ParquetColumn } from '../datasets/write-parquet.js';
import type { ArtifactFile } from '../runner.js';
import { written } from '../report/written.js';
import type { WalkForwardOutcome } from './walk-forward.js';
import { walkForwardHtml } from './walk-forward-html.js';

/** Writes report.json, report.html, folds.parquet and equity.parquet into the folder. */
export async function writeWalkForward(
  { report, folds }: Pick<WalkForwardOutcome, 'report' | 'folds'>,
  directory: string,
): Promise<readonly ArtifactFile[]> {
  await mkdir(directory, { recursive: true });
  const rows = report.folds;
  const time = (name: string, at: (fold: (typeof rows)[number]) => number): ParquetColumn => ({
    ...{ name, type: 'time' },
    values: Float64Array.from(rows, at),
  });
  const id = report.objective.id as 'sharpe';
  const float = (name: string, of: (fold: (typeof rows)[number]) => number): ParquetColumn => ({
    ...{ name, type: 'float' },
    values: Float64Array.from(rows, of),
  });
  await writeParquet(join(directory, 'folds.parquet'), rows.length, [
    { name: 'fold', type: 'int', values: Int32Array.from(rows, (_, i) => i + 1) },
    ...[time('trainFrom', ({ train }) => train.from), time('trainTo', ({ train }) => train.to)],
    ...[time('testFrom', ({ test }) => test.from), time('testTo', ({ test }) => test.to)],
    { name: 'params', type: 'text', at: (row) => paramsText(rows[row]!.params ?? {}) },
    float('inSample', ({ inSample }) => Number(inSample?.[id] ?? NaN)),
    float('outOfSample', ({ outOfSample }) => Number(outOfSample?.[id] ?? NaN)),
    float('testReturn', ({ outOfSample }) => Number(outOfSample?.totalReturn ?? NaN)),
  ]);
  const equity = stitchedEquity(folds.map(({ returns }) => returns));
  await writeParquet(join(directory, 'equity.parquet'), equity.length - 1, [
    { name: 'time', type: 'time', values: Float64Array.from(folds.flatMap(({ times }) => [...times])) },
    { name: 'equity', type: 'float', values: equity.slice(1) },
    {
      name: 'fold',
      type: 'int',
      values: Int32Array.from(folds.flatMap(({ times }, i) => [...times].map(() => i + 1))),
    },
  ]);
  return written(directory, {
    'folds.parquet': null,
    'equity.parquet': null,
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.html': await walkForwardHtml(report),
  });
}
