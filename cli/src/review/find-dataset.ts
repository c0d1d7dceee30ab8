import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '@quarry/contracts';
import { openDataset, type LocalDataset } from '@quarry/runner';
import type { Config } from '../config.js';
import { datasetsFolder, openData } from '../open-data.js';
import { UsageError } from '../usage-error.js';

/** The dataset that a run was over: the one with its version, or else the one with its name. */
export async function findDataset({ data: [wanted] }: Manifest, config: Config): Promise<LocalDataset> {
  const named = await openData(wanted!.dataset, config);
  if (!('code' in named) && named.info.version === wanted!.version) return named;
  const folder = datasetsFolder(config);
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory()) continue;
    const found = await openDataset(join(folder, entry.name), folder);
    if (!('code' in found) && found.info.version === wanted!.version) return found;
  }
  if (!('code' in named)) return named;
  throw new UsageError(
    `The report's dataset "${wanted!.dataset}" (version ${wanted!.version.slice(0, 12)}) is not on this machine. Name it with --data.`,
  );
}
