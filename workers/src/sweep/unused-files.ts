import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of a folder, not of those below it, that nobody has read or written since `before`; none where there is no folder. */
export async function unusedFiles(directory: string, before: Date): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const unused: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(directory, entry.name);
    const about = await stat(path).catch(() => null);
    if (about && about.atime < before && about.mtime < before) unused.push(path);
  }
  return unused;
}
