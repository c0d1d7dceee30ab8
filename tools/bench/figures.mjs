import { readFileSync } from 'node:fs';
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

/** Milliseconds that a call took, and what it answered. */
export async function timed(call) {
  const from = performance.now();
  const value = await call();
  return { ms: performance.now() - from, value };
}
