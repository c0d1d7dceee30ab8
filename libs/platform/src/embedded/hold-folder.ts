import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pid } from 'node:process';
import { EmbeddedError } from './embedded-error.js';
import { makeFolder } from './make-folder.js';
import { isAlive, startMark } from './process-table.js';

/** Gives the folder back. */
export type Release = () => void;

/**
 * Takes a folder for this process, so that a second start on it is told so. What a process that was killed has left
 * behind is taken over: process ids come again, so the holder's start is compared too.
 * @throws EmbeddedError where a living process holds it, FolderError where it cannot be made or written
 */
export function holdFolder(home: string): Release {
  const folder = resolve(home);
  makeFolder(folder);
  const lock = join(folder, 'quarry.pid');
  const mine = join(folder, `quarry.pid.${pid}`);
  writeFileSync(mine, `${pid} ${startMark(pid) ?? ''}\n`);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (tryLink(mine, lock)) return () => rmSync(lock, { force: true });
      const holder = livingHolder(lock);
      if (holder !== null) {
        throw new EmbeddedError(
          `Quarry already runs on ${folder} (process ${holder}). Use that one, end it with "kill ${holder}", or start another folder with --home.`,
        );
      }
      rmSync(lock, { force: true });
    }
    throw new EmbeddedError(`${lock} comes back as often as it is removed. Is another start under way?`);
  } finally {
    rmSync(mine, { force: true });
  }
}

function livingHolder(lock: string): number | null {
  let text: string;
  try {
    text = readFileSync(lock, 'utf8');
  } catch {
    return null;
  }
  const [id, mark] = text.trim().split(' ');
  const holder = Number(id);
  if (!Number.isInteger(holder) || holder <= 0 || !isAlive(holder)) return null;
  const now = startMark(holder);
  return now === null || mark === undefined || now === mark ? holder : null;
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
