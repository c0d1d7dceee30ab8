import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stitchedEquity } from '@quarry/engine/host';
import { writeParquet } from '../datasets/write-parquet.js';
import { written } from '../report/written.js';
import type { ArtifactFile } from '../runner.js';
import { paramsText } from '@quarry/contracts';
import { crossValidationHtml } from './cross-validation-html.js';
import type { CrossValidationOutcome } from './cross-validation.js';

/** Writes report.json, report.html, splits.parquet and paths.parquet into the folder; groups, splits and paths count from 1. */
export async function writeCrossValidation(
  { report, paths, times }: Pick<CrossValidationOutcome, 'report' | 'paths' | 'times'>,
  directory: string,
): Promise<readonly ArtifactFile[]> {
  await mkdir(directory, { recursive: true });
  const { splits, groups } = report;
  await writeParquet(join(directory, 'splits.parquet'), splits.length, [
    { name: 'split', type: 'int', values: Int32Array.from(splits, (_, i) => i + 1) },
    { name: 'tests', type: 'text', at: (row) => splits[row]!.tests.map((group) => group + 1).join(' ') },
    { name: 'training', type: 'int', values: Int32Array.from(splits, ({ training }) => training) },
    { name: 'params', type: 'text', at: (row) => paramsText(splits[row]!.params ?? {}) },
    { name: 'inSample', type: 'float', values: Float64Array.from(splits, ({ inSample }) => Number(inSample)) },
    { name: 'outOfSample', type: 'float', values: Float64Array.from(splits, ({ outOfSample }) => Number(outOfSample)) },
  ]);
  const groupOf = groups.flatMap(({ returns }, group) => new Array<number>(returns).fill(group));
  const rows = paths.length * times.length;
  const path = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / times.length));
  const time = Float64Array.from(path, (_, row) => times[row % times.length]!);
  const equity = new Float64Array(rows);
  paths.forEach(({ returns }, at) => equity.set(stitchedEquity([returns]).subarray(1), at * times.length));
  await writeParquet(join(directory, 'paths.parquet'), rows, [
    { name: 'path', type: 'int', values: path.map((at) => at + 1) },
    { name: 'time', type: 'time', values: time },
    { name: 'equity', type: 'float', values: equity },
    {
      name: 'split',
      type: 'int',
      values: path.map((at, row) => paths[at]!.splits[groupOf[row % times.length]!]! + 1),
    },
  ]);
  return written(directory, {
    'splits.parquet': null,
    'paths.parquet': null,
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.html': await crossValidationHtml(report),
  });
}
