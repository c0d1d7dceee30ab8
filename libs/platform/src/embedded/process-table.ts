import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { kill, platform } from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether a process runs under this id; one that has ended and waits to be collected does not count. */
export function isAlive(pid: number): boolean {
  try {
    kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return statOf(pid)?.state !== 'Z';
}

/** A mark that two processes under the same id do not share; null where the system does not tell. */
export function startMark(pid: number): string | null {
  return statOf(pid)?.startedAt ?? null;
}

/** The program that runs under this id; null where the system does not tell. */
export async function programOf(pid: number): Promise<string | null> {
  const stat = statOf(pid);
  if (stat) return stat.program;
  if (platform === 'win32') return null;
  const answer = await run('ps', ['-p', String(pid), '-o', 'comm=']).catch(() => null);
  return answer?.stdout.trim() ?? null;
}

/** `/proc/<pid>/stat`: the program's name in brackets, then the state and, 19 fields on, the start in ticks since boot. */
function statOf(pid: number): { program: string; state: string; startedAt: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      program: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
      state: state ?? '',
      startedAt: fields[18] ?? '',
    };
  } catch {
    return null;
  }
}
