import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Files of a folder, those first that nobody has read or written for the longest, until what stays takes no more than
 * `maxBytes`. A file that may not go stays, though the rest then takes more.
 */
export async function leastUsedFiles(
  directory: string,
  maxBytes: number,
  mayGo: (file: { readonly name: string; readonly usedAt: Date }) => boolean,
): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const files: { name: string; path: string; bytes: number; usedAt: Date }[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(directory, entry.name);
    const about = await stat(path).catch(() => null);
    if (!about) continue;
    const usedAt = about.atime > about.mtime ? about.atime : about.mtime;
    files.push({ name: entry.name, path, bytes: about.size, usedAt });
  }
  let held = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const gone: string[] = [];
  for (const file of files.toSorted((a, b) => a.usedAt.getTime() - b.usedAt.getTime())) {
    if (held <= maxBytes) break;
    if (!mayGo(file)) continue;
    gone.push(file.path);
    held -= file.bytes;
  }
  return gone;
}
