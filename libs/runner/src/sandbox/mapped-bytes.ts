import { readFileSync } from 'node:fs';

/** Writable memory of its own that a process has mapped, whether it uses it or not, in bytes; null where there is no /proc to tell. */
export function mappedBytes(pid: number | undefined): number | null {
  try {
    const found = /^VmData:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return found ? Number(found[1]) * 1024 : null;
  } catch {
    return null;
  }
}
