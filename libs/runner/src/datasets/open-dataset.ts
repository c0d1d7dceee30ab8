import { join, resolve } from 'node:path';
import type { Failure } from '@quarry/contracts';
import type { LocalDataset } from '../runner.js';
import { isBuiltin, openBuiltin } from './builtin.js';
import { DataRefused } from './data-refused.js';
import { readDataset } from './store.js';

/**
 * Finds a dataset by what a person types: the name of one that Quarry brings (`sp500`, `minutes`), the name of one in `directory`, a
 * dataset's folder, or any data file, which is then ingested into `directory`.
 */
export async function openDataset(nameOrPath: string, directory: string): Promise<LocalDataset | Failure> {
  if (isBuiltin(nameOrPath)) return openBuiltin(nameOrPath, directory);
  const path = resolve(nameOrPath);
  const found = (await readDataset(path)) ?? (await readNamed(nameOrPath, directory));
  if (found) return found;
  return new DataRefused(
    `There is no dataset or file ${nameOrPath}. Quarry brings sp500 and minutes; else name a dataset's folder or a data file.`,
    'no-such-dataset',
  ).failure;
}

async function readNamed(name: string, directory: string): Promise<LocalDataset | null> {
  if (!/^[\w][\w. -]*$/.test(name)) return null;
  return readDataset(join(directory, name));
}
