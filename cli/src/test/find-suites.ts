import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../usage-error.js';

const skipped = new Set(['node_modules', 'dist']);

/** The `*.suite.ts` files below the paths, in order of their names. */
export async function findSuites(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const there = await stat(path).catch(() => null);
    if (!there) throw new UsageError(`There is no file or folder "${path}" to look for suites in.`);
    if (there.isFile() && !path.endsWith('.suite.ts'))
      throw new UsageError(`"${path}" is no suite: a suite's name ends in .suite.ts.`);
    found.push(...(there.isFile() ? [path] : await below(path)));
  }
  if (found.length === 0) throw new UsageError(`There is no *.suite.ts below ${paths.join(', ')}.`);
  return [...new Set(found)].sort();
}

async function below(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('.') || skipped.has(entry.name) ? [] : below(path);
      return entry.name.endsWith('.suite.ts') ? [path] : [];
    }),
  );
  return found.flat();
}
