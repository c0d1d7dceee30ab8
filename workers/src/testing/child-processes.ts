import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Processor time it has used, in hundredths of a second. */
  readonly ticks: number;
}

/** The pid of a process below `root` that computes now: it has used most of the last while. */
export async function busyChild(root = process.pid): Promise<number> {
  const span = 200;
  const until = performance.now() + 30_000;
  while (performance.now() < until) {
    const before = new Map((await descendants(root)).map(({ pid, ticks }) => [pid, ticks]));
    await pause(span);
    const busy = (await descendants(root)).find(({ pid, ticks }) => ticks - (before.get(pid) ?? ticks) > span / 20);
    if (busy) return busy.pid;
  }
  throw new Error(`No process below ${root} computes.`);
}

/** Resolves when there is no process of that pid. */
export async function gone(pid: number): Promise<void> {
  while ((await read(pid)) !== null) await pause(10);
}

async function descendants(root: number): Promise<Process[]> {
  const entries = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const processes = (await Promise.all(entries.map((name) => read(Number(name))))).filter((found) => found !== null);
  const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === root || isBelow(parent));
  };
  return processes.filter(({ pid }) => isBelow(pid));
}

/** A process by its line in /proc; null where it has ended, a zombie that nobody has waited for included. */
async function read(pid: number): Promise<Process | null> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [state, parent] = fields;
  if (state === undefined || parent === undefined || state === 'Z') return null;
  return { pid, parent: Number(parent), ticks: Number(fields[11]) + Number(fields[12]) };
}
