import { mkdir } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { reportTrades } from '../report/index.js';
import type { ArtifactFile } from '../runner.js';
import type { ThreadTask } from './replay-thread.js';
import type { ReplayJob, Settled } from './settle.js';

const threadFile = new URL('../../dist/replay/replay-thread.js', import.meta.url);

/** Orders that take this long to replay, beyond what the guest was given, were never matched by a guest of ours. */
const extraMs = 10_000;
const writeMs = 600_000;
/** What a run leaves behind in the thread is soon garbage: a large young generation would only keep it longer. */
const youngGenerationMb = 16;

/** Replays runs and writes their files, one at a time, in a thread of its own that is kept warm. */
export class Replayer {
  #thread: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  warm(): void {
    this.#start();
  }

  async settle(job: ReplayJob, wallMs: number, signal?: AbortSignal): Promise<Settled> {
    const settled = await this.#ask({ kind: 'settle', job }, wallMs + extraMs, signal);
    if (settled === 'timed-out') {
      return { kind: 'bad-result', message: 'Replaying the orders took far longer than the strategy itself had.' };
    }
    const known = settled as Settled;
    if (known.kind === 'bad-result') return known;
    const trades = reportTrades(
      known.trades,
      job.series.map(({ symbol }) => symbol),
    );
    return { ...known, report: { ...known.report, trades } };
  }

  async write(task: Omit<Extract<ThreadTask, { kind: 'write' }>, 'kind'>): Promise<readonly ArtifactFile[]> {
    await mkdir(task.directory, { recursive: true });
    const written = await this.#ask({ kind: 'write', ...task }, writeMs);
    if (written === 'timed-out')
      throw new Error(`Writing the files of the report into ${task.directory} took too long.`);
    return written as readonly ArtifactFile[];
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = null;
  }

  #ask(task: ThreadTask, limitMs: number, signal?: AbortSignal): Promise<unknown> {
    const turn = this.#last.then(() => this.#perform(task, limitMs, signal));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #perform(task: ThreadTask, limitMs: number, signal: AbortSignal | undefined): Promise<unknown> {
    signal?.throwIfAborted();
    const thread = this.#thread ?? this.#start();
    thread.ref();
    return new Promise((resolve, reject) => {
      const settled = (finish: () => void): void => {
        clearTimeout(limit);
        signal?.removeEventListener('abort', aborted);
        thread.off('message', answered).off('error', broke).off('exit', ended);
        thread.unref();
        finish();
      };
      const answered = (answer: { value: unknown } | { error: string }): void =>
        settled(() => ('error' in answer ? reject(new Error(answer.error)) : resolve(answer.value)));
      const broke = (error: Error): void => settled(() => reject(error));
      const ended = (): void => settled(() => reject(new Error('The replay thread ended.')));
      const stop = (finish: () => void): void =>
        settled(() => {
          this.#thread = null;
          void thread.terminate();
          finish();
        });
      const aborted = (): void => stop(() => reject(signal?.reason as Error));
      const limit = setTimeout(() => stop(() => resolve('timed-out')), limitMs);
      thread.once('message', answered).once('error', broke).once('exit', ended);
      signal?.addEventListener('abort', aborted, { once: true });
      thread.postMessage(task);
    });
  }

  #start(): Worker {
    const thread = new Worker(threadFile, {
      env: {},
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    });
    thread.on('error', () => undefined);
    thread.on('exit', () => {
      if (this.#thread === thread) this.#thread = null;
    });
    thread.unref();
    this.#thread = thread;
    return thread;
  }
}
