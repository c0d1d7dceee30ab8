import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from './usage-error.js';

/**
 * Makes a folder and those above it, one by one: the recursive mkdir of Node never ends below /proc.
 * @throws UsageError where that cannot be; `name` is what the person called the folder.
 */
export async function makeFolder(folder: string, name: string): Promise<void> {
  try {
    await makeAll(resolve(folder));
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new UsageError(`${name} "${folder}" cannot be made (${code}). Name another folder.`);
  }
}

async function makeAll(folder: string): Promise<void> {
  const made = await mkdir(folder).catch((error: NodeJS.ErrnoException) => error);
  if (made === undefined || (made.code === 'EEXIST' && (await stat(folder)).isDirectory())) return;
  if (made.code !== 'ENOENT' || dirname(folder) === folder) throw made;
  await makeAll(dirname(folder));
  await mkdir(folder);
}

/** Refuses, before any work is done, a folder in which nothing could be made. It need not exist yet. */
export async function checkWritable(folder: string, name: string): Promise<void> {
  let above = resolve(folder);
  for (;;) {
    const refusal = await access(above, constants.W_OK).catch((error: NodeJS.ErrnoException) => error);
    if (refusal === undefined) return;
    if (refusal.code !== 'ENOENT' || dirname(above) === above) {
      throw new UsageError(
        `${name} "${folder}" cannot be written (${refusal.code ?? refusal.message}). Name another folder.`,
      );
    }
    above = dirname(above);
  }
}
