import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { collectGarbage } from '../datasets/collect-garbage.js';

const everyMs = 1;

/** Children of this process that run strategies, by their command line. */
export function guestPids(): number[] {
  return childPids().filter((pid) => read(`/proc/${pid}/cmdline`).includes('child.cjs'));
}

/**
 * Follows the memory of every child that runs strategies, from a thread of its own that goes before everything else: what
 * it tells is what the kernel noted at most a millisecond or two before a child's end.
 */
const program = `
const { readFileSync } = require('node:fs');
const { setPriority } = require('node:os');
const { workerData: peak } = require('node:worker_threads');
const read = (path) => { try { return readFileSync(path, 'latin1'); } catch { return ''; } };
try { setPriority(0, -20); } catch {}
const asleep = new Int32Array(new SharedArrayBuffer(4));
const isGuest = new Map();
for (;;) {
  for (const pid of read('/proc/${process.pid}/task/${process.pid}/children').split(' ').filter(Boolean)) {
    if (!isGuest.get(pid)) isGuest.set(pid, read('/proc/' + pid + '/cmdline').includes('child.cjs'));
    if (!isGuest.get(pid)) continue;
    const held = /^VmHWM:\\s+(\\d+) kB$/m.exec(read('/proc/' + pid + '/status'));
    if (held) peak[0] = Math.max(peak[0], Number(held[1]) / 1024);
  }
  Atomics.wait(asleep, 0, 0, ${everyMs});
}`;

/** Starts to follow them; `stop` answers the highest that one of them held, MiB. */
export async function watchChildren(): Promise<{ stop: () => Promise<number> }> {
  const peak = new Float64Array(new SharedArrayBuffer(8));
  const thread = new Worker(program, { eval: true, workerData: peak, env: {}, execArgv: [] });
  await once(thread, 'online');
  return {
    stop: async () => {
      await thread.terminate();
      return peak[0]!;
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

/** Resident memory of this process once its garbage is collected, MiB: what it holds on to, not what it has not yet swept up. */
export function ownMemoryMb(): number {
  collectGarbage();
  return process.memoryUsage.rss() / 2 ** 20;
}
