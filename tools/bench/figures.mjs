import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** The middle of a list of numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The most memory that this process ever held, MiB. */
export function peakMemory() {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    if (peak) return Number(peak[1]) / 1024;
  } catch {
    // Not Linux: what the system counts for the process.
  }
  return process.resourceUsage().maxRSS / 1024;
}

/** The most memory that children of this process, of which the command line names a file, hold or held in all, MiB. */
export function childMemory(file) {
  let sum = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const parent = Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]);
      if (parent !== process.pid || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(file)) continue;
      sum += Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
    } catch {
      // It has ended meanwhile.
    }
  }
  return sum;
}

/** Milliseconds that a call took, and what it answered. */
export async function timed(call) {
  const from = performance.now();
  const value = await call();
  return { ms: performance.now() - from, value };
}
