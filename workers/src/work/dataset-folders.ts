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
  private readonly fetching = new Map<string, Promise<boolean>>();

  constructor(
    private readonly store: ArtifactStore,
    private readonly directory: string,
  ) {}

  /** Null where the version was deleted and its bytes are gone. */
  async folderOf(version: DatasetVersionEntity): Promise<LocalDataset | null> {
    const directory = join(this.directory, version.teamId, version.hash);
    const underWay = this.fetching.get(directory) ?? this.fetch(version, directory);
    this.fetching.set(directory, underWay);
    try {
      return (await underWay) ? { directory, info: version.info } : null;
    } finally {
      this.fetching.delete(directory);
    }
  }

  private async fetch({ files, info, deletedAt }: DatasetVersionEntity, directory: string): Promise<boolean> {
    if (await exists(directory)) return true;

    await mkdir(dirname(directory), { recursive: true });
    const partial = await mkdtemp(`${directory}-`);
    try {
      for (const { name, key } of files) {
        const found = await this.store.read(key);
        if (!found && deletedAt !== null) {
          await rm(partial, { recursive: true });
          return false;
        }
        if (!found) throw new Error(`The artifact store has lost ${key}, a file of dataset version ${info.version}.`);
        await pipeline(found.body, createWriteStream(join(partial, name)));
      }
      await writeFile(join(partial, 'dataset.json'), JSON.stringify(info));
      await rename(partial, directory);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      if (!(await exists(directory))) throw error;
    }
    return true;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
