import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The folder in which this process keeps those of its attempts. What workers left here that were killed is removed:
 * a folder is named by its process's pid.
 */
export async function attemptFolder(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const left = (await readdir(directory)).filter((name) => /^\d+$/.test(name) && !isAlive(Number(name)));
  await Promise.all(left.map((name) => rm(join(directory, name), { recursive: true, force: true })));

  const own = join(directory, String(process.pid));
  await mkdir(own, { recursive: true });
  return own;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
