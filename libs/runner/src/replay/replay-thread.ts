import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { Report } from '@quarry/contracts';
import { reportHtml } from '../report/index.js';
import type { ArtifactFile } from '../runner.js';
import { BarsReader } from './bars-from-files.js';
import { replayed, settle, type ReplayJob, type Settled } from './settle.js';

/** What the replay thread is asked for. A run's files are written from a second replay: its columns need not be kept till then. */
export type ThreadTask =
  | { readonly kind: 'settle'; readonly job: ReplayJob }
  | { readonly kind: 'write'; readonly report: Report; readonly run: WrittenRun | null; readonly directory: string };

/** A run that succeeded, by what it can be replayed from. */
export type WrittenRun = Pick<ReplayJob, 'series' | 'tape' | 'manifest'>;

const rememberedBytes = 64 * 2 ** 20;
const reader = new BarsReader(rememberedBytes);

async function perform(task: ThreadTask): Promise<unknown> {
  if (task.kind === 'settle') return settle(task.job, reader.read(task.job.series));

  const { report, run, directory } = task;
  const files = run ? await writeRun(run, directory) : [];
  files.push(await write(directory, 'report.json', 'application/json', `${JSON.stringify(report, null, 2)}\n`));
  files.push(await write(directory, 'report.html', 'text/html; charset=utf-8', await reportHtml(report)));
  return files;
}

async function writeRun(run: WrittenRun, directory: string): Promise<ArtifactFile[]> {
  // Loaded when first asked for: they bring DuckDB and Arrow, which a run by itself does not need.
  const { writeTables } = await import('../tables/index.js');
  const bars = reader.read(run.series);
  const result = replayed(bars, run);
  if (typeof result === 'string') throw new Error(result);
  return writeTables(result, bars, directory);
}

async function write(directory: string, name: string, contentType: string, text: string): Promise<ArtifactFile> {
  const path = join(directory, name);
  await writeFile(path, text);
  return { name, path, bytes: (await stat(path)).size, contentType };
}

/** The columns of a run's trades are handed over, not copied. */
function columnsOf(value: unknown): ArrayBuffer[] {
  const { trades } = (value ?? {}) as Partial<Extract<Settled, { kind: 'report' }>>;
  return Object.values(trades ?? {})
    .filter((column) => ArrayBuffer.isView(column))
    .map(({ buffer }) => buffer as ArrayBuffer);
}

parentPort?.on('message', (task: ThreadTask) => {
  perform(task).then(
    (value) => parentPort?.postMessage({ value }, columnsOf(value)),
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
