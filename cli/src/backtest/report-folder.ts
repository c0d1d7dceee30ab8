import { copyFile, lstat, mkdir, mkdtemp, readdir, realpath, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { checkWritable, makeFolder } from '../make-folder.js';
import { UsageError } from '../usage-error.js';

const ours = new Set([
  'report.json',
  'report.html',
  'equity.parquet',
  'trades.parquet',
  'orders.parquet',
  'fills.parquet',
  'trades.csv',
  'equity.csv',
  'chart.arrow',
  'chart.json',
  'trials.parquet',
  'folds.parquet',
  'splits.parquet',
  'paths.parquet',
]);

/** Refuses, before any work is done, a folder that holds something else than an earlier report. */
export async function checkReportFolder(folder: string): Promise<void> {
  const target = await targetOf(folder);
  const entries = await entriesOf(target, folder);
  await checkWritable(dirname(target), '--out');
  await checkWritable(target, '--out');
  const foreign = entries?.find((entry) => !ours.has(entry.name));
  if (foreign !== undefined) {
    throw new UsageError(
      `--out "${folder}" holds "${foreign.name}", which is no part of a report. Name a new or empty folder.`,
    );
  }
}

/**
 * Writes all files of a run into the folder, or none: they are made beside it, then a new folder is put in place by one
 * rename, and in one that stands the files of an earlier report are replaced. Nothing else in it is ever touched.
 */
export async function writeReportFolder(
  outcome: { readonly writeArtifacts: (directory: string) => Promise<unknown> },
  folder: string,
): Promise<void> {
  const target = await targetOf(folder);
  const parent = dirname(target);
  await makeFolder(parent, '--out');
  const work = await mkdtemp(join(parent, `.${basename(target)}-`)).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(`--out "${folder}" cannot be written (${code ?? 'unknown reason'}). Name another folder.`);
  });
  try {
    const fresh = join(work, 'new');
    await mkdir(fresh);
    await outcome.writeArtifacts(fresh);
    if ((await entriesOf(target, folder)) === null && (await becomes(fresh, target))) return;
    await entriesOf(target, folder);
    for (const name of await readdir(fresh)) await moveFile(join(fresh, name), join(target, name));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The folder itself, behind any links. Never one that holds the person's own work: his place, his home, or what is above. */
async function targetOf(folder: string): Promise<string> {
  if (folder.trim() === '') throw new UsageError('--out "" names no folder. Write it like --out report.');
  const target = await behindLinks(resolve(folder), folder);
  for (const [place, name] of [
    [process.cwd(), 'the current folder'],
    [homedir(), 'your home'],
  ] as const) {
    const below = relative(target, await realpath(place).catch(() => place));
    if (below === '') throw new UsageError(`--out "${folder}" is ${name}. Name a new or empty folder.`);
    if (!/^\.\.([\\/]|$)/.test(below) && resolve(below) !== below) {
      throw new UsageError(`--out "${folder}" is above ${name}. Name a new or empty folder.`);
    }
  }
  return target;
}

async function behindLinks(path: string, folder: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') throw new UsageError(`--out "${folder}" lies below a file. Name a folder.`);
    if (code !== 'ENOENT') throw unreadable(folder, code);
    if (await lstat(path).catch(() => null)) {
      throw new UsageError(`--out "${folder}" is a link that leads nowhere. Name another folder.`);
    }
    return join(await behindLinks(dirname(path), folder), basename(path));
  }
}

/** What stands in the folder; null where it does not exist. Refuses one in which a report's file could not be put. */
async function entriesOf(target: string, folder: string) {
  const entries = await readdir(target, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    if (error.code === 'ENOTDIR') throw new UsageError(`--out "${folder}" is a file. Name a folder.`);
    throw unreadable(folder, error.code ?? error.message);
  });
  const taken = entries?.find((entry) => ours.has(entry.name) && entry.isDirectory());
  if (taken !== undefined) {
    throw new UsageError(`--out "${folder}" holds a folder "${taken.name}". Name a new or empty folder.`);
  }
  return entries;
}

function unreadable(folder: string, code: string): UsageError {
  return new UsageError(`--out "${folder}" cannot be read (${code}). Name another folder.`);
}

/** Whether the folder got its name; not where a folder with files in it has come up there meanwhile. */
async function becomes(fresh: string, target: string): Promise<boolean> {
  try {
    await rename(fresh, target);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM') return false;
    throw error;
  }
}

/** The folder may be the mount of another disk than its parent, where a rename cannot go. */
async function moveFile(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error;
    await copyFile(from, to);
  });
}
