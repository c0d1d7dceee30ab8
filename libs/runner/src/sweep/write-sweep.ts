import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeParquet, type ParquetColumn } from '../datasets/write-parquet.js';
import { written } from '../report/written.js';
import type { ArtifactFile } from '../runner.js';
import { figuresOf } from './luck.js';
import type { SweepOutcome } from './sweep.js';
import { sweepHtml } from './sweep-html.js';

const columns = [
  ...['sharpe', 'sortino', 'calmar', 'totalReturn', 'annualReturn', 'volatility', 'maxDrawdown'],
  ...['trades', 'winRate', 'profitFactor'],
];

/** Writes report.json, report.html and trials.parquet into the folder. */
export async function writeSweep(
  { report, trials }: Pick<SweepOutcome, 'report' | 'trials'>,
  directory: string,
): Promise<readonly ArtifactFile[]> {
  await mkdir(directory, { recursive: true });
  const text = (name: string, at: (row: number) => string): ParquetColumn => ({ name, type: 'text', at });
  const float = (name: string, value: (row: number) => number): ParquetColumn => ({
    ...{ name, type: 'float' },
    values: Float64Array.from(trials, (_, row) => value(row)),
  });
  const names = [...new Set(trials.flatMap(({ params }) => Object.keys(params)))];
  await writeParquet(join(directory, 'trials.parquet'), trials.length, [
    { name: 'index', type: 'int', values: Int32Array.from(trials, ({ index }) => index) },
    ...names.map((name) =>
      trials.every(({ params }) => typeof (params[name] ?? NaN) === 'number')
        ? float(`param_${name}`, (row) => Number(trials[row]!.params[name] ?? NaN))
        : text(`param_${name}`, (row) => String(trials[row]!.params[name] ?? '')),
    ),
    float('objective', (row) => trials[row]!.value),
    ...columns.map((id) => float(id, (row) => figuresOf(trials[row]!)?.metrics[id] ?? NaN)),
    text('failure', (row) => failureText(trials[row]!.result)),
  ]);
  return written(directory, {
    'trials.parquet': null,
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.html': await sweepHtml(report),
  });
}

function failureText(result: SweepOutcome['trials'][number]['result']): string {
  return 'failure' in result ? `${result.failure.code}: ${result.failure.message}` : '';
}
