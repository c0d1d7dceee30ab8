// What a part was built from, so that it is built again only when that has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { root } from './root.mjs';

const folder = join(root, '.tmp', 'stamps');
const skipped = new Set(['node_modules', 'dist', '.angular', '.engine-types', 'e2e']);

function filesBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [{ path, stat }];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name) || /\.spec\.ts$/.test(entry.name)) return [];
    const below = join(path, entry.name);
    if (entry.isDirectory()) return filesBelow(below);
    return entry.isFile() ? [{ path: below, stat: statSync(below) }] : [];
  });
}

/** Two digests of the inputs: one of sizes and times, which is cheap, and one of contents, which outlasts a checkout. */
function digestsOf(inputs) {
  const files = inputs.flatMap((input) => filesBelow(join(root, input)));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const times = createHash('sha256').update(root);
  for (const { path, stat } of files) times.update(`${relative(root, path)} ${stat.size} ${stat.mtimeMs}\n`);
  return {
    times: times.digest('hex'),
    contents: () => {
      const contents = createHash('sha256').update(process.version);
      for (const { path } of files) contents.update(`${relative(root, path)}\n`).update(readFileSync(path));
      return contents.digest('hex');
    },
  };
}

/** Whether the part must be built, and how to note that it was. Notes hold what stood before the build began. */
export function stampOf({ name, inputs, outputs }) {
  const file = join(folder, `${name}.json`);
  const now = digestsOf(inputs);
  const known = readStamp(file);
  const hasOutputs = outputs.every((output) => existsSync(join(root, output)));
  const note = () => {
    mkdirSync(folder, { recursive: true });
    // An input that changed while it was being built from leaves no valid note.
    const isUnchanged = digestsOf(inputs).times === now.times;
    writeFileSync(file, JSON.stringify(isUnchanged ? { times: now.times, contents: now.contents() } : {}));
  };
  if (hasOutputs && known?.times === now.times) return { isStale: false, note };
  if (hasOutputs && known?.contents === now.contents()) {
    note();
    return { isStale: false, note };
  }
  rmSync(file, { force: true });
  return { isStale: true, note };
}

function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
