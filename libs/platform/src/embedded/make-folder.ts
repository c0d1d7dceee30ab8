import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Why a folder cannot be used, with the way out. */
class FolderError extends Error {
  override readonly name = 'FolderError';
}

/**
 * Makes a folder and those above it, one by one: the recursive mkdir of Node never ends below /proc.
 * @throws FolderError where that cannot be, or nothing can be written in it
 */
export function makeFolder(folder: string): void {
  try {
    makeAll(resolve(folder));
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new FolderError(
      `The folder ${folder} cannot be used (${code}: ${reasons[code] ?? 'it cannot be made'}). Name another with --home.`,
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'a file lies there',
  ENOTDIR: 'a file lies on the way',
  EACCES: 'it may not be written',
  EROFS: 'it may only be read',
  ENOSPC: 'the disk is full',
};

function makeAll(folder: string): void {
  if (!tryMake(folder)) {
    makeAll(dirname(folder));
    mkdirSync(folder);
  }
}

/** Answers false where the folder above is missing. */
function tryMake(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return true;
    if (code === 'ENOENT' && dirname(folder) !== folder) return false;
    throw error;
  }
}
