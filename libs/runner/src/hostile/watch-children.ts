import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

const everyMs = 10;

/** Children of this process that run strategies, by their command line. */
export function guestPids(): number[] {
  return childPids().filter((pid) => read(`/proc/${pid}/cmdline`).includes('child.cjs'));
}

/** Follows the memory of every child that runs strategies; `stop` answers the highest that one of them held, MiB. */
export function watchChildren(): { stop: () => number } {
  let peak = 0;
  const look = (): void => {
    for (const pid of guestPids()) {
      const held = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`));
      peak = Math.max(peak, Number(held?.[1] ?? 0) / 1024);
    }
  };
  const timer = setInterval(look, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

function childPids(): number[] {
  const threads = readdirSync('/proc/self/task');
  return threads.flatMap((thread) =>
    read(`/proc/self/task/${thread}/children`).trim().split(' ').filter(Boolean).map(Number),
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** Resident memory of this process, MiB. */
export function ownMemoryMb(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}
