import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Failure } from '@quarry/contracts';
import type { LocalDataset, RunHooks } from '../runner.js';
import { isBuiltin, openBuiltin } from './builtin.js';
import { DataRefused } from './data-refused.js';
import { ingestFile } from './ingest/ingest-file.js';
import { readDataset } from './store.js';

/** Part of the name of datasets made of files: raised whenever ingest reads the same file to other bars. */
const ingestRules = 'ingest/2';

/**
 * Finds a dataset by what a person types: the name of one that Quarry brings (`sp500`, `minutes`, `stocks`, `dividends`), the name of one in `directory`, a
 * dataset's folder, or any data file. A file is ingested into `directory` once; the same bytes are found again by their hash.
 */
export async function openDataset(
  nameOrPath: string,
  directory: string,
  hooks: RunHooks = {},
): Promise<LocalDataset | Failure> {
  try {
    return await find(nameOrPath, directory, hooks);
  } catch (error) {
    if (error instanceof DataRefused) return error.failure;
    throw error;
  }
}

async function find(nameOrPath: string, directory: string, hooks: RunHooks): Promise<LocalDataset | Failure> {
  if (isBuiltin(nameOrPath)) return openBuiltin(nameOrPath, directory);
  const path = resolve(nameOrPath);
  const found = (await readNamed(nameOrPath, directory)) ?? (await readDataset(path));
  if (found) return found;
  const file = await stat(path).catch(() => null);
  if (file?.isFile()) return openFile(path, directory, hooks);
  const message = file
    ? `${nameOrPath} is a folder without dataset.json. Name a dataset's folder or a data file.`
    : `There is no dataset or file ${nameOrPath}. Quarry brings sp500, minutes, stocks and dividends; else name a dataset's folder or a data file.`;
  throw new DataRefused(message, 'no-such-dataset');
}

async function readNamed(name: string, directory: string): Promise<LocalDataset | null> {
  return /^\w[\w. -]*$/.test(name) ? readDataset(join(directory, name)) : null;
}

async function openFile(path: string, directory: string, hooks: RunHooks): Promise<LocalDataset | Failure> {
  const fileName = basename(path);
  const hash = createHash('sha256').update(ingestRules).update(fileName);
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  const name = fileName.replace(/(\.(csv|tsv|txt|parquet|gz|zip))+$/i, '').slice(0, 100) || 'data';
  const slug = name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 40);
  const into = join(directory, `${slug}-${hash.digest('hex').slice(0, 16)}`);
  return (await readDataset(into)) ?? ingestFile(path, { name }, into, hooks);
}
