import { rm, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Failure, IngestOptions } from '@quarry/contracts';
import type { LocalDataset, RunHooks } from '../../runner.js';
import { DataRefused } from '../data-refused.js';
import { publishFolder, readDataset, workFolder } from '../store.js';
import { runIngestChild, type IngestLimits } from './ingest-child.js';

const usualLimits: IngestLimits = { wallMs: 600_000, memoryMb: 1500 };

/**
 * Reads a CSV, gz, zst, zip, Parquet or Arrow file into a new dataset folder, whole or not at all. It runs in a process of its own, which is killed
 * when it takes too long or too much memory: a crafted file may crash or fill the reader. A refusal is returned, in a sentence.
 */
export async function ingestFile(
  file: string,
  options: IngestOptions,
  into: string,
  hooks: RunHooks & { readonly fileName?: string; readonly limits?: Partial<IngestLimits> } = {},
): Promise<LocalDataset | Failure> {
  const fileName = hooks.fileName ?? basename(file);
  const work = workFolder(into);
  try {
    await refuseUnusable(file, fileName, into);
    const order = { file: resolve(file), fileName, options, work: resolve(work) };
    await runIngestChild(order, { ...usualLimits, ...hooks.limits }, hooks);
    await publishFolder(work, into);
    return (await readDataset(into))!;
  } catch (error) {
    if (error instanceof DataRefused) return error.failure;
    throw error;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function refuseUnusable(file: string, fileName: string, into: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found) throw new DataRefused(`There is no file ${file}.`, 'no-such-dataset');
  if (!found.isFile()) throw new DataRefused(`${fileName} is no file.`);
  if (await readDataset(into)) throw new DataRefused(`${into} already holds a dataset. Choose another name.`);
}
