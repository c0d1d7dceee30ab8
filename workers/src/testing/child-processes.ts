import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Processor time it has used, in hundredths of a second. */
  readonly ticks: number;
}

/** In hundredths of a second; a child that only starts, to be ready for a run, needs less. */
const ticksBusy = 80;

/** The pid of a child below `root` that runs a strategy now: it uses more processor time than its start can. */
export async function busyChild(root = process.pid): Promise<number> {
  const until = performance.now() + 30_000;
  const first = new Map<number, number>();
  while (performance.now() < until) {
    for (const { pid, ticks } of await guests(root)) {
      if (!first.has(pid)) first.set(pid, ticks);
      if (ticks - (first.get(pid) ?? ticks) > ticksBusy) return pid;
    }
    await pause(20);
  }
  throw new Error(`No child below ${root} computes.`);
}

/** Kills the child below `root` that has computed the longest, if there is one. */
export async function killChild(root: number): Promise<void> {
  const [oldest] = (await guests(root)).toSorted((a, b) => b.ticks - a.ticks);
  if (oldest) process.kill(oldest.pid, 'SIGKILL');
}

/** Resolves when there is no process of that pid. */
export async function gone(pid: number): Promise<void> {
  while ((await read(pid)) !== null) await pause(10);
}

async function guests(root: number): Promise<Process[]> {
  const found = await Promise.all(
    (await descendants(root)).map(async (process) => {
      const commandLine = await readFile(`/proc/${process.pid}/cmdline`, 'utf8').catch(() => '');
      return commandLine.includes('child.cjs') ? [process] : [];
    }),
  );
  return found.flat();
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
