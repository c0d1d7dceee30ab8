import { Worker } from 'node:worker_threads';
import type { ThreadTask } from './replay-thread.js';

const file = new URL('../../dist/replay/replay-thread.js', import.meta.url);

/** What a run leaves behind in the thread is soon garbage: a large young generation would only keep it longer. */
const youngGenerationMb = 16;

/** A thread that replays. It keeps the process alive only while it is asked something. */
export class ReplayThread {
  readonly #worker: Worker;
  #isAlive = true;

  constructor() {
    this.#worker = new Worker(file, {
      env: {},
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    });
    this.#worker.on('error', () => undefined);
    this.#worker.on('exit', () => (this.#isAlive = false));
    this.#worker.unref();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Says what is not answered. */
  tell(task: ThreadTask): void {
    this.#worker.postMessage(task);
  }

  /** Asks what is answered, one thing at a time. A thread that was stopped, by the limit or the signal, is gone. */
  async ask(task: ThreadTask, limitMs: number, signal?: AbortSignal): Promise<unknown> {
    signal?.throwIfAborted();
    const worker = this.#worker;
    if (!this.#isAlive) throw new Error('The replay thread ended.');
    worker.ref();
    return new Promise((resolve, reject) => {
      const settled = (finish: () => void): void => {
        clearTimeout(limit);
        signal?.removeEventListener('abort', aborted);
        worker.off('message', answered).off('error', broke).off('exit', ended);
        worker.unref();
        finish();
      };
      const answered = (answer: { value: unknown } | { error: string; isRefusal: boolean }): void =>
        settled(() => ('error' in answer ? reject(errorOf(answer)) : resolve(answer.value)));
      const broke = (error: Error): void => settled(() => reject(error));
      const ended = (): void => settled(() => reject(new Error('The replay thread ended.')));
      const stop = (finish: () => void): void =>
        settled(() => {
          void this.end();
          finish();
        });
      const aborted = (): void => stop(() => reject(signal?.reason as Error));
      const limit = setTimeout(() => stop(() => resolve('timed-out')), limitMs);
      worker.once('message', answered).once('error', broke).once('exit', ended);
      signal?.addEventListener('abort', aborted, { once: true });
      worker.postMessage(task);
    });
  }

  async end(): Promise<void> {
    this.#isAlive = false;
    await this.#worker.terminate();
  }
}

/** A refusal of what was asked for stays a RangeError. */
function errorOf({ error, isRefusal }: { readonly error: string; readonly isRefusal: boolean }): Error {
  return isRefusal ? new RangeError(error) : new Error(error);
}
