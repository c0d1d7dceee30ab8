import { createHash } from 'node:crypto';
import {
  copyFileSync,
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The files that a child lives on; it can open nothing else. */
export interface GuestBundle {
  /** The Node that runs it. */
  readonly node: string;
  readonly child: string;
  /** All files it reads: the child itself, the guest's scripts, the isolate library. */
  readonly files: readonly string[];
  /** SHA-256 of the guest's scripts: the engine hash. */
  readonly engineHash: string;
}

const childFile = fileURLToPath(new URL('../../dist/child.cjs', import.meta.url));
const bundleFiles = ['child.cjs', 'guest.js', 'library.js', 'isolated-vm.node'];

/** The bundle where it was built. */
export function builtBundle(): GuestBundle {
  if (!existsSync(childFile)) throw new Error('The guest bundle is missing: build libs/runner first (npm run build).');
  return bundleIn(dirname(childFile), process.execPath);
}

/** The bundle where any user of this machine can read it: copied, if it was built below a folder closed to others. */
export function publicBundle(): GuestBundle {
  const built = builtBundle();
  const closed = [...built.files, built.node].filter((file) => !isPublic(file));
  if (closed.length === 0) return built;

  const contents = createHash('sha256');
  for (const file of built.files) contents.update(readFileSync(file));
  const folder = ownFolder(`quarry-guest-${contents.digest('hex').slice(0, 16)}-${process.versions.node}`);
  for (const file of built.files) place(file, join(folder, basename(file)));
  const node = isPublic(built.node) ? built.node : place(built.node, join(folder, 'node'));
  return bundleIn(folder, node);
}

function bundleIn(folder: string, node: string): GuestBundle {
  const files = bundleFiles.map((name) => join(folder, name));
  const engineHash = createHash('sha256')
    .update(readFileSync(join(folder, 'guest.js')))
    .update(readFileSync(join(folder, 'library.js')))
    .digest('hex');
  return { node, child: join(folder, 'child.cjs'), files, engineHash };
}

/** Whether any user of this machine may read the file. */
export function isPublic(file: string): boolean {
  if ((statSync(file).mode & 0o004) === 0) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A folder that we own and nobody else can write to. One that stands there already and is not so is left alone. */
function ownFolder(name: string): string {
  const folder = join(tmpdir(), name);
  mkdirSync(folder, { mode: 0o755, recursive: true });
  const found = lstatSync(folder);
  const ours = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
  const chosen = ours ? folder : mkdtempSync(`${folder}-`);
  chmodSync(chosen, 0o755);
  return chosen;
}

function place(file: string, target: string): string {
  if (existsSync(target)) return target;
  const beside = `${target}.${process.pid}`;
  try {
    linkSync(file, beside);
  } catch {
    copyFileSync(file, beside);
  }
  if ((statSync(beside).mode & 0o555) !== 0o555) {
    copyFileSync(file, `${beside}.copy`);
    renameSync(`${beside}.copy`, beside);
    chmodSync(beside, 0o755);
  }
  renameSync(beside, target);
  return target;
}
