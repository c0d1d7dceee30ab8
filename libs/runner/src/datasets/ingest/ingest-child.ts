import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { IngestOptions } from '@quarry/contracts';
import type { RunHooks } from '../../runner.js';
import { watchProcess } from '../../sandbox/watch-process.js';
import { DataRefused } from '../data-refused.js';
import { childMessage, type ChildMessage } from './child-message.js';

export interface IngestLimits {
  readonly wallMs: number;
  /** Resident memory of the child, MiB. */
  readonly memoryMb: number;
}

export interface IngestOrder {
  readonly file: string;
  readonly fileName: string;
  readonly options: IngestOptions;
  readonly work: string;
}

const entry = fileURLToPath(new URL('../../../dist/datasets/ingest/child.js', import.meta.url));
const lastWordsLength = 2000;

/**
 * Runs one ingest in a process of its own. Throws DataRefused for a refusal, a limit or a crash; a child that a signal ended which was not
 * ours is tried once more.
 */
export async function runIngestChild(order: IngestOrder, limits: IngestLimits, hooks: RunHooks): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const end = await attemptIngest(order, limits, hooks);
    if (end === 'done') return;
    if (attempt === 2) {
      throw new DataRefused(`Reading ${order.fileName} crashed twice (${end}). The file may be damaged.`, 'crashed');
    }
  }
}

/** Answers `done`, or the signal that ended the child. A child that exits without an answer is our fault, and throws. */
function attemptIngest(order: IngestOrder, limits: IngestLimits, hooks: RunHooks): Promise<string> {
  const { signal, onProgress } = hooks;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = fork(entry, [], {
      env: { TZ: 'UTC', LC_ALL: 'C' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let verdict: ChildMessage | null = null;
    let killedFor: unknown = null;
    let lastWords = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-lastWordsLength);
    });
    const kill = (reason: unknown) => {
      killedFor ??= reason;
      child.kill('SIGKILL');
    };
    const onAbort = () => kill(signal?.reason);
    const wall = setTimeout(() => kill(tooSlow(order, limits)), limits.wallMs);
    const watch = watchProcess(child.pid, { residentMb: limits.memoryMb });
    signal?.addEventListener('abort', onAbort, { once: true });
    child.on('message', (raw) => {
      const message = childMessage(raw);
      if (message?.type === 'progress') onProgress?.(message.phase, message.done);
      else verdict = message;
    });
    child.on('error', reject);
    child.on('close', (code, ended) => {
      clearTimeout(wall);
      watch.stop();
      signal?.removeEventListener('abort', onAbort);
      if (killedFor !== null) reject(killedFor as Error);
      else if (watch.reason !== null) reject(tooLarge(order, limits));
      else if (verdict?.type === 'done') resolve('done');
      else if (verdict?.type === 'refused') reject(new DataRefused(verdict.message));
      else if (verdict?.type === 'failed') reject(new Error(`The process that reads files failed: ${verdict.message}`));
      else if (ended !== null) resolve(ended);
      else reject(new Error(`The process that reads files ended with code ${code}: ${lastWords}`));
    });
    child.send(order, (error) => {
      if (error) kill(error);
    });
  });
}

function tooSlow({ fileName }: IngestOrder, { wallMs }: IngestLimits): DataRefused {
  return new DataRefused(`Reading ${fileName} took longer than ${wallMs / 1000} s and was ended. Split the file.`);
}

function tooLarge({ fileName }: IngestOrder, { memoryMb }: IngestLimits): DataRefused {
  return new DataRefused(`Reading ${fileName} took more than ${memoryMb} MiB of memory and was ended. Split the file.`);
}
