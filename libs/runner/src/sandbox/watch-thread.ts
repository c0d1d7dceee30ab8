import { setPriority } from 'node:os';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Notice } from './watch-notice.js';
import { WatchedProcess } from './watched-process.js';

// The thread that watches children. It never waits for an event loop: it sleeps until the next look is due or word
// comes, looks, and kills by itself.

const told = workerData as Int32Array;
const idleMs = 60_000;

/** Before everything else on the machine, where that is allowed. On Linux, 0 is the calling thread and no other. */
function goFirst(): void {
  try {
    setPriority(0, -20);
  } catch {
    // Without the privilege it is a thread among others, at the priority above that of the children.
  }
}

function watch(port: NonNullable<typeof parentPort>): void {
  const processes = new Map<number, WatchedProcess>();
  for (;;) {
    const heard = Atomics.load(told, 0);
    for (let word = receiveMessageOnPort(port); word; word = receiveMessageOnPort(port)) {
      const notice = word.message as Notice | Pick<Notice, 'id'>;
      processes.get(notice.id)?.close();
      processes.delete(notice.id);
      if ('pid' in notice) processes.set(notice.id, new WatchedProcess(notice));
    }

    let due = performance.now() + idleMs;
    for (const [id, watched] of processes) {
      const next = watched.look();
      if (next === null) processes.delete(id);
      else due = Math.min(due, next);
    }

    const slept = Atomics.wait(told, 0, heard, Math.max(0, due - performance.now()));
    if (slept === 'timed-out' && processes.size === 0) return;
  }
}

goFirst();
if (parentPort) watch(parentPort);
process.exit();
