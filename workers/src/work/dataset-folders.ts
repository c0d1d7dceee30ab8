import { createWriteStream } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { DatasetVersionEntity } from '@quarry/platform/database';
import type { LocalDataset } from '@quarry/runner';

/**
 * Dataset versions as folders on this machine, fetched from the artifact store when first needed. A folder is named by
 * the version's hash and appears whole or not at all, so that several workers may share the place.
 */
export class DatasetFolders {
  private readonly fetching = new Map<string, Promise<void>>();

  constructor(
    private readonly store: ArtifactStore,
    private readonly directory: string,
  ) {}

  async folderOf(version: DatasetVersionEntity): Promise<LocalDataset> {
    const directory = join(this.directory, version.teamId, version.hash);
    const underWay = this.fetching.get(directory) ?? this.fetch(version, directory);
    this.fetching.set(directory, underWay);
    try {
      await underWay;
    } finally {
      this.fetching.delete(directory);
    }
    return { directory, info: version.info };
  }

  private async fetch({ files, info }: DatasetVersionEntity, directory: string): Promise<void> {
    if (await exists(directory)) return;

    await mkdir(dirname(directory), { recursive: true });
    const partial = await mkdtemp(`${directory}-`);
    try {
      for (const { name, key } of files) {
        const found = await this.store.read(key);
        if (!found) throw new Error(`The artifact store has lost ${key}, a file of dataset version ${info.version}.`);
        await pipeline(found.body, createWriteStream(join(partial, name)));
      }
      await writeFile(join(partial, 'dataset.json'), JSON.stringify(info));
      await rename(partial, directory);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      if (!(await exists(directory))) throw error;
    }
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
