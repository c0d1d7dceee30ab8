import { Worker } from 'node:worker_threads';
import { letGo, reasons, undecided, type Notice, type WatchReason } from './watch-notice.js';

export interface WatchLimits {
  readonly residentMb: number;
  /** Processor time from now on; without a limit where not given. */
  readonly cpuMs?: number;
}

export interface Watch {
  /** Why the watchdog ended the process; null where it did not. Known before the process' exit is. */
  readonly reason: WatchReason | null;
  /** From its return on, the process is not killed any more. */
  stop(): void;
}

const threadFile = new URL('../../dist/sandbox/watch-thread.js', import.meta.url);
const threadMemoryMb = 16;

/** The one thread of this process that watches its children. It goes when it has had nothing to do for a while. */
let thread: Thread | null = null;
const watched = new Map<number, Notice>();
let lastId = 0;

/**
 * Has a process watched from outside and killed at once when it takes more than it may: by a thread of its own, which a
 * busy event loop cannot hold up. Where there is no /proc, only the isolate's own limits hold.
 */
export function watchProcess(pid: number | undefined, { residentMb, cpuMs = Infinity }: WatchLimits): Watch {
  if (pid === undefined) return { reason: null, stop: () => undefined };
  const id = ++lastId;
  const verdict = new Int32Array(new SharedArrayBuffer(4));
  const notice: Notice = { id, pid, residentMb, cpuMs, verdict };
  watched.set(id, notice);
  if (thread) thread.tell(notice);
  else thread = new Thread();
  return {
    get reason() {
      return reasons[Atomics.load(verdict, 0)] ?? null;
    },
    stop: () => {
      Atomics.compareExchange(verdict, 0, undecided, letGo);
      if (watched.delete(id)) thread?.tell({ id });
    },
  };
}

class Thread {
  /** Counts what was told, for a thread that sleeps between two looks. */
  readonly #told = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;

  /** Starts the thread with everything that is to be watched. */
  constructor() {
    this.#worker = new Worker(threadFile, {
      workerData: this.#told,
      env: {},
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: threadMemoryMb },
    });
    this.#worker.on('error', () => undefined);
    this.#worker.on('exit', () => {
      // What was told to a thread that was about to go is told to the next.
      thread = watched.size > 0 ? new Thread() : null;
    });
    this.#worker.unref();
    for (const notice of watched.values()) this.tell(notice);
  }

  tell(message: Notice | Pick<Notice, 'id'>): void {
    this.#worker.postMessage(message);
    Atomics.add(this.#told, 0, 1);
    Atomics.notify(this.#told, 0);
  }
}
