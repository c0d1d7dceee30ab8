import { readFileSync } from 'node:fs';
import { residentBytes } from './resident-bytes.js';

export interface WatchLimits {
  readonly residentMb: number;
  readonly cpuMs: number;
  readonly exceeded: (what: 'out-of-memory' | 'timed-out') => void;
}

const calmMs = 25;
/** Memory that grows can take 2 GB a second: near its limit a process is watched more closely. */
const closeMs = 4;
const closeShare = 0.4;
/** The kernel counts CPU time in hundredths of a second. */
const tickMs = 10;

/** Watches a process from outside; where there is no /proc, only the isolate's own limits hold. Answers how to stop. */
export function watchProcess(pid: number | undefined, { residentMb, cpuMs, exceeded }: WatchLimits): () => void {
  if (pid === undefined) return () => undefined;
  const maxBytes = residentMb * 2 ** 20;
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const resident = residentBytes(pid);
    if (resident > maxBytes) return exceeded('out-of-memory');
    if (cpuTimeMs(pid) > cpuMs) return exceeded('timed-out');
    timer = setTimeout(look, resident > maxBytes * closeShare ? closeMs : calmMs);
  };
  timer = setTimeout(look, closeMs);
  return () => clearTimeout(timer);
}

function cpuTimeMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').pop()?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return 0;
  }
}
