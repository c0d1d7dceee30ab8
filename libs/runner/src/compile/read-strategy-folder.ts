import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import type { StrategySource } from '@quarry/contracts';

const maxFiles = 200;
const skippedFolders = new Set(['node_modules', 'dist']);

/**
 * Reads a strategy from disk: a folder, or one `.ts` file (with the files of its folder that it may import).
 * A folder's entry is `index.ts`, `strategy.ts`, `main.ts`, a file named as the folder, or its only file.
 * Specs, suites and declaration files are left out.
 * @throws Error in words where there is no such path, no TypeScript in it, or no telling which file is the entry.
 */
export async function readStrategyFolder(path: string): Promise<StrategySource> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new Error(`There is no file or folder "${path}".`);
  if (found.isFile() && !path.endsWith('.ts'))
    throw new Error(`"${path}" is not a TypeScript file: a strategy ends in .ts.`);

  const folder = found.isFile() ? dirname(path) : path;
  const names = await strategyFiles(folder, folder);
  const entry = found.isFile() ? basename(path) : entryOf(folder, names);
  const kept = found.isFile() ? await reachedFrom(entry, folder, names) : names;
  const files = await Promise.all(
    kept.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  );
  return { entry, files: Object.fromEntries(files) };
}

async function strategyFiles(folder: string, root: string): Promise<string[]> {
  const found: string[] = [];
  for (const item of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, item.name);
    if (item.isDirectory() && !item.name.startsWith('.') && !skippedFolders.has(item.name)) {
      found.push(...(await strategyFiles(path, root)));
    } else if (item.isFile() && item.name.endsWith('.ts') && !/\.(spec|test|suite|d)\.ts$/.test(item.name)) {
      found.push(relative(root, path).split(sep).join(posix.sep));
    }
    if (found.length > maxFiles)
      throw new Error(`"${root}" holds more than ${maxFiles} TypeScript files: is it a strategy's folder?`);
  }
  return found;
}

function entryOf(folder: string, names: readonly string[]): string {
  if (names.length === 0) throw new Error(`The folder "${folder}" holds no strategy: there is no .ts file in it.`);
  const usual = ['index.ts', 'strategy.ts', 'main.ts', `${basename(folder)}.ts`];
  const entry = usual.find((name) => names.includes(name)) ?? (names.length === 1 ? names[0] : undefined);
  if (entry) return entry;
  throw new Error(`Which file of "${folder}" is the strategy? Name the file, or call it index.ts.`);
}

/** A single file takes along only what it imports: its folder may hold other strategies. */
async function reachedFrom(entry: string, folder: string, names: readonly string[]): Promise<string[]> {
  const reached = new Set([entry]);
  for (const name of reached) {
    const text = await readFile(join(folder, name), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:from|import)\s*['"](\.{1,2}\/[^'"]+)['"]/g)) {
      const path = posix.normalize(posix.join(posix.dirname(name), specifier));
      const target = [path, path.replace(/\.js$/, '.ts'), `${path}.ts`].find((candidate) => names.includes(candidate));
      if (target) reached.add(target);
    }
  }
  return [...reached];
}
