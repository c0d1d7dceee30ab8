import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { BacktestResult } from '@quarry/engine/host';
import type { Report } from '@quarry/contracts';
import { reportHtml } from '../report/index.js';
import type { ArtifactFile } from '../runner.js';
import type { SeriesFiles } from '../sandbox/sandbox.js';
import { BarsReader } from './bars-from-files.js';
import { settle, type ReplayJob, type Settled } from './settle.js';

/** What the replay thread is asked for. */
export type ThreadTask =
  | { readonly kind: 'settle'; readonly job: ReplayJob }
  | {
      readonly kind: 'write';
      readonly report: Report;
      readonly series: readonly SeriesFiles[];
      readonly result: BacktestResult | null;
      readonly directory: string;
    };

const rememberedBytes = 128 * 2 ** 20;
const reader = new BarsReader(rememberedBytes);

async function perform(task: ThreadTask): Promise<unknown> {
  const bars = reader.read(task.kind === 'settle' ? task.job.series : task.series);
  if (task.kind === 'settle') return settle(task.job, bars);

  const { report, result, directory } = task;
  // Loaded when first asked for: they bring DuckDB and Arrow, which a run by itself does not need.
  const { writeTables } = await import('../tables/index.js');
  const files: ArtifactFile[] = result ? await writeTables(result, bars, directory) : [];
  files.push(await write(directory, 'report.json', 'application/json', `${JSON.stringify(report, null, 2)}\n`));
  files.push(await write(directory, 'report.html', 'text/html; charset=utf-8', await reportHtml(report)));
  return files;
}

async function write(directory: string, name: string, contentType: string, text: string): Promise<ArtifactFile> {
  const path = join(directory, name);
  await writeFile(path, text);
  return { name, path, bytes: (await stat(path)).size, contentType };
}

/** A result's columns are handed over, not copied. */
function columnsOf(value: unknown): ArrayBuffer[] {
  const result = (value as Partial<Extract<Settled, { kind: 'report' }>> | undefined)?.result;
  if (!result) return [];
  const columns = [result.equity, result.exposure, ...Object.values(result.trades), ...Object.values(result.orders)];
  return [
    ...new Set(columns.filter((column) => ArrayBuffer.isView(column)).map(({ buffer }) => buffer as ArrayBuffer)),
  ];
}

parentPort?.on('message', (task: ThreadTask) => {
  perform(task).then(
    (value) => parentPort?.postMessage({ value }, columnsOf(value)),
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
