import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

interface Identity {
  readonly uid: number;
  readonly gid: number;
}

/** The nearest folder on the way to `path`, itself included, that this user may not enter; null where all are open. */
export async function closedFolder(path: string, user: Identity): Promise<string | null> {
  const folders: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    folders.unshift(folder);
    if (folder === dirname(folder)) break;
  }
  for (const folder of folders) {
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory() && !mayEnter(found, user)) return folder;
  }
  return null;
}

export async function isReachable(path: string, user: Identity): Promise<boolean> {
  return (await closedFolder(path, user)) === null;
}

function mayEnter(folder: { uid: number; gid: number; mode: number }, user: Identity): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
