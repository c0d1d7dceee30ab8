import { readFileSync } from 'node:fs';

/** Resident memory of a process, in bytes; 0 where it is gone, or where the system has no /proc to tell. */
export function residentBytes(pid: number): number {
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readStatus(pid));
  return resident ? Number(resident[1]) * 1024 : 0;
}

function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return '';
  }
}
