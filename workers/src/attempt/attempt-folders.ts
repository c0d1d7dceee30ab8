import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder in which this process keeps those of its attempts: named by its pid, beside those of other workers. */
export async function attemptFolder(directory: string): Promise<string> {
  const own = join(directory, String(process.pid));
  await mkdir(own, { recursive: true });
  await removeLeftFolders(directory);
  return own;
}

/** Removes what workers left here that were killed; answers how many folders. */
export async function removeLeftFolders(directory: string): Promise<number> {
  const names = await readdir(directory).catch(() => []);
  const left = names.filter((name) => /^\d+$/.test(name) && !isAlive(Number(name)));
  await Promise.all(left.map((name) => rm(join(directory, name), { recursive: true, force: true })));
  return left.length;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
