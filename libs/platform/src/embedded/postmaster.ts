import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { kill } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive, programOf } from './process-table.js';

/** What `postmaster.pid` says of a server: lines 1, 4 and 8 of PostgreSQL's own lock file. */
interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** The server that runs on this data folder, if its process is alive and is a PostgreSQL. */
export async function runningPostmaster(data: string): Promise<Postmaster | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  const program = await programOf(pid);
  if (program !== null && !program.includes('postgres')) return null;
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Removes a lock file whose process id has come again for another program: PostgreSQL itself only looks whether the
 * process lives. A file whose process is dead stays: the server reads from it whether parts of its predecessor live on.
 */
export async function clearMistakenLock(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (Number.isInteger(pid) && pid > 0 && isAlive(pid) && !(await runningPostmaster(data))) await rm(file);
}

/** Ends a server: its sessions are cut and its data written; after ten seconds without an end it is made to recover at its next start. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      kill(pid, signal);
    } catch {
      return;
    }
    if (await ends(pid, 10_000)) return;
  }
}

async function ends(pid: number, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 20) {
    if (!isAlive(pid)) return true;
    await wait(20);
  }
  return !isAlive(pid);
}
