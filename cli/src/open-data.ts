import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '@quarry/contracts';
import { openDataset, type LocalDataset } from '@quarry/runner';
import type { Config } from './config.js';
import { dataFailure } from './data/data-failure.js';
import { makeFolder } from './make-folder.js';

/** Names that Quarry brings with it. */
export const builtinDatasets = ['sp500', 'minutes', 'stocks', 'dividends'] as const;

const namesShown = 10;

export function datasetsFolder({ home }: Config): string {
  return join(home, 'datasets');
}

/** Opens a dataset by name, folder or file. An unknown name lists the known ones. */
export async function openData(nameOrPath: string, config: Config): Promise<LocalDataset | Failure> {
  const folder = datasetsFolder(config);
  await makeFolder(folder, 'The home');
  const found = await openDataset(nameOrPath, folder);
  if (!('code' in found)) return found;
  const failure = dataFailure(found);
  // It names an option that tells how to read a file, which is said where the file is ingested.
  if (failure.message !== found.message) {
    return { ...failure, message: `${failure.message} Such options are those of quarry data ingest: run it first.` };
  }
  if (failure.code !== 'no-such-dataset' || existsSync(nameOrPath)) return failure;
  const names = await datasetNames(config);
  const rest = names.length - namesShown;
  const known = `${names.slice(0, namesShown).join(', ')}${rest > 0 ? ` and ${rest} more (quarry data list)` : ''}`;
  return {
    ...failure,
    message: `There is no dataset, folder or file "${nameOrPath}". Known datasets: ${known}. Or name a CSV or Parquet file.`,
  };
}

/** The names a person can give to `--data`, sorted: those that Quarry brings and those ingested here. */
export async function datasetNames(config: Config): Promise<string[]> {
  const entries = await readdir(datasetsFolder(config), { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && isName(entry.name)).map(({ name }) => name);
  return [...new Set([...builtinDatasets, ...folders])].sort();
}

/** Files that were only run over lie beside the named datasets, under their name and a part of their hash. */
function isName(folder: string): boolean {
  return /^\w/.test(folder) && !/-[0-9a-f]{16}$/.test(folder);
}
