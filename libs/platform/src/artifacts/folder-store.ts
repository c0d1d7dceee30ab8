import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { assertKey, assertPrefix } from './artifact-key.js';
import { ArtifactStore, type ByteRange } from './artifact-store.js';
import { within } from './byte-range.js';

/**
 * Artifacts as files below a folder. A file appears under its key when all of it lies on the disk (temporary file, fsync,
 * rename, fsync of the folder), so that neither a crash nor a full disk leaves half of one.
 */
export class FolderArtifactStore extends ArtifactStore {
  readonly #files: string;
  readonly #unfinished: string;

  constructor(directory: string) {
    super();
    this.#files = join(directory, 'files');
    this.#unfinished = join(directory, 'unfinished');
  }

  override async put(key: string, body: Readable | Uint8Array): Promise<number> {
    assertKey(key);
    const target = join(this.#files, key);
    const temporary = join(this.#unfinished, randomUUID());
    await mkdir(this.#unfinished, { recursive: true, mode: 0o700 });
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    try {
      const file = await open(temporary, 'wx', 0o640);
      try {
        await file.writeFile(body);
        await file.sync();
      } finally {
        await file.close();
      }
      const { size } = await stat(temporary);
      await rename(temporary, target);
      await syncFolder(dirname(target));
      return size;
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  override async read(key: string, range?: ByteRange) {
    assertKey(key);
    const path = join(this.#files, key);
    const found = await stat(path).catch(unlessMissing);
    if (!found?.isFile()) return null;
    const totalBytes = found.size;
    if (!range) return { body: createReadStream(path), bytes: totalBytes, totalBytes };
    const part = within(range, totalBytes);
    if (!part) return { body: Readable.from([]), bytes: 0, totalBytes };
    return { body: createReadStream(path, part), bytes: part.end - part.start + 1, totalBytes };
  }

  override link(): Promise<null> {
    return Promise.resolve(null);
  }

  override async remove(key: string): Promise<void> {
    assertKey(key);
    await rm(join(this.#files, key), { force: true });
  }

  override async list(prefix: string) {
    assertPrefix(prefix);
    // Only the folder that the prefix names in full needs walking.
    const folder = join(this.#files, prefix.slice(0, prefix.lastIndexOf('/') + 1));
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(unlessMissing);
    const found: { key: string; bytes: number; modifiedAt: Date }[] = [];
    for (const entry of entries ?? []) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const key = relative(this.#files, path).split(sep).join('/');
      if (!key.startsWith(prefix)) continue;
      const about = await stat(path).catch(unlessMissing);
      if (about) found.push({ key, bytes: about.size, modifiedAt: about.mtime });
    }
    return found.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  override async prepare(): Promise<void> {
    await mkdir(this.#files, { recursive: true, mode: 0o700 });
  }

  override async ping(): Promise<void> {
    await this.prepare();
    await access(this.#files, constants.R_OK | constants.W_OK);
  }
}

function unlessMissing(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}

/** Makes a rename outlast a power cut; where folders cannot be synced (Windows), the rename itself must do. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
