import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { BacktestOutcome } from '@quarry/runner';
import { checkWritable, makeFolder } from '../make-folder.js';
import { UsageError } from '../usage-error.js';

const ours = new Set([
  'report.json',
  'report.html',
  'equity.parquet',
  'trades.parquet',
  'orders.parquet',
  'trades.csv',
  'equity.csv',
  'chart.arrow',
  'chart.json',
]);

/** Refuses, before any work is done, a folder that holds something else than an earlier report. */
export async function checkReportFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') throw new UsageError(`--out "${folder}" is a file. Name a folder.`);
    throw new UsageError(`--out "${folder}" cannot be read (${error.code ?? error.message}). Name another folder.`);
  });
  await checkWritable(dirname(resolve(folder)), '--out');
  const foreign = entries.find((name) => !ours.has(name));
  if (foreign !== undefined) {
    throw new UsageError(
      `--out "${folder}" holds "${foreign}", which is no part of a report. Name a new or empty folder.`,
    );
  }
}

/** Writes all files of a run into the folder, or none: they are made beside it and put in place by one rename. */
export async function writeReportFolder(outcome: BacktestOutcome, folder: string): Promise<void> {
  const target = resolve(folder);
  const parent = dirname(target);
  await makeFolder(parent, '--out');
  const work = await mkdtemp(join(parent, `.${basename(target)}-`));
  try {
    const fresh = join(work, 'new');
    const old = join(work, 'old');
    await mkdir(fresh);
    await outcome.writeArtifacts(fresh);
    await rename(target, old).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(fresh, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
