import { closeSync, openSync, readSync } from 'node:fs';
import process from 'node:process';
import { nextLook } from './next-look.js';
import { pageBytes } from './page-bytes.js';
import { reasons, undecided, type Notice, type WatchReason } from './watch-notice.js';

const pagesPerMb = 2 ** 20 / pageBytes();
/** The kernel counts processor time in hundredths of a second. */
const tickMs = 10;
const cpuEveryMs = 25;

const text = Buffer.alloc(1024);

/**
 * One process under watch. Its files in /proc are opened once: they are that process' own, and answer nothing when
 * another has got its pid.
 */
export class WatchedProcess {
  readonly #notice: Notice;
  readonly #statm: number | null;
  readonly #stat: number | null;
  #held = 0;
  #lookedAt = 0;
  #dueAt = 0;
  #cpuDueAt = 0;
  readonly #cpuBefore: number;

  constructor(notice: Notice) {
    this.#notice = notice;
    this.#statm = open(`/proc/${notice.pid}/statm`);
    this.#stat = open(`/proc/${notice.pid}/stat`);
    this.#cpuBefore = this.#cpuMs();
  }

  /** Looks if it is time, and kills what has passed a limit. Answers when to look next; null where there is nothing more to see. */
  look(): number | null {
    const now = performance.now();
    if (now < this.#dueAt) return this.#dueAt;
    const { residentMb, cpuMs } = this.#notice;
    const held = this.#residentMb();
    if (held === null) return this.close();
    if (held > residentMb) return this.#end('out-of-memory');
    if (now >= this.#cpuDueAt) {
      if (this.#cpuMs() - this.#cpuBefore > cpuMs) return this.#end('timed-out');
      this.#cpuDueAt = now + cpuEveryMs;
    }
    const growth = this.#lookedAt === 0 ? 0 : (held - this.#held) / (now - this.#lookedAt);
    this.#held = held;
    this.#lookedAt = now;
    this.#dueAt = now + nextLook(residentMb - held, growth);
    return this.#dueAt;
  }

  close(): null {
    for (const descriptor of [this.#statm, this.#stat]) {
      if (descriptor !== null) closeSync(descriptor);
    }
    return null;
  }

  #end(reason: WatchReason): null {
    const { verdict } = this.#notice;
    if (Atomics.compareExchange(verdict, 0, undecided, reasons.indexOf(reason)) !== undecided) return this.close();
    try {
      process.kill(this.#notice.pid, 'SIGKILL');
    } catch {
      // It ended between look and kill.
    }
    return this.close();
  }

  /** Null once the process is gone. */
  #residentMb(): number | null {
    const line = read(this.#statm);
    const pages = Number(line.split(' ')[1] ?? 0);
    return pages > 0 ? pages / pagesPerMb : null;
  }

  #cpuMs(): number {
    const line = read(this.#stat);
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  }
}

function open(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}

function read(descriptor: number | null): string {
  if (descriptor === null) return '';
  try {
    return text.toString('latin1', 0, readSync(descriptor, text, 0, text.length, 0));
  } catch {
    return '';
  }
}
