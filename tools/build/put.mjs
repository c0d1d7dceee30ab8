import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';

/** Writes what a build made, if it is new: beside and then moved into place, so that nobody ever reads half a file. */
export async function put(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  const known = await readFile(path).catch(() => null);
  if (known?.equals(Buffer.from(contents))) return;
  await writeFile(`${path}.${process.pid}`, contents);
  await rename(`${path}.${process.pid}`, path);
}
