import { mkdir } from 'node:fs/promises';
import type { BacktestSettings } from '@quarry/contracts';
import { reportTrades } from '../report/index.js';
import type { ArtifactFile } from '../runner.js';
import type { SeriesFiles } from '../sandbox/sandbox.js';
import type { ThreadTask } from './replay-thread.js';
import type { Settled, SettleJob } from './settle.js';
import { ReplayThread } from './thread.js';

/** Orders that take this long to replay, beyond what the guest was given, were never matched by a guest of ours. */
const extraMs = 10_000;
const writeMs = 600_000;
/** A thread that waits for the next run holds some 20 MB. */
const mostIdle = 2;

/** Replays runs and writes their files, each in a thread that does one thing at a time and is kept warm. */
export class Replayer {
  readonly #idle: ReplayThread[] = [];
  readonly #busy = new Set<ReplayThread>();

  warm(): void {
    this.#give(this.#take());
  }

  /** Begins to follow a run. Whoever does so settles it or drops it. */
  follow(series: readonly SeriesFiles[], settings: BacktestSettings): FollowedRun {
    const thread = this.#take();
    thread.tell({ kind: 'follow', series, settings });
    const symbols = series.map(({ symbol }) => symbol);
    return new FollowedRun(thread, symbols, () => this.#give(thread));
  }

  async write(task: Omit<Extract<ThreadTask, { kind: 'write' }>, 'kind'>): Promise<readonly ArtifactFile[]> {
    await mkdir(task.directory, { recursive: true });
    const thread = this.#take();
    try {
      const written = await thread.ask({ kind: 'write', ...task }, writeMs);
      if (written === 'timed-out')
        throw new Error(`Writing the files of the report into ${task.directory} took too long.`);
      return written as readonly ArtifactFile[];
    } finally {
      this.#give(thread);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#idle, ...this.#busy].map((thread) => thread.end()));
    this.#idle.length = 0;
  }

  #take(): ReplayThread {
    let thread = this.#idle.pop();
    while (thread && !thread.isAlive) thread = this.#idle.pop();
    thread ??= new ReplayThread();
    this.#busy.add(thread);
    return thread;
  }

  #give(thread: ReplayThread): void {
    this.#busy.delete(thread);
    if (!thread.isAlive) return;
    if (this.#idle.length < mostIdle) this.#idle.push(thread);
    else void thread.end();
  }
}

/** A run that is replayed while its guest goes on. */
export class FollowedRun {
  readonly #thread: ReplayThread;
  readonly #symbols: readonly string[];
  readonly #ended: () => void;
  #isEnded = false;

  constructor(thread: ReplayThread, symbols: readonly string[], ended: () => void) {
    this.#thread = thread;
    this.#symbols = symbols;
    this.#ended = ended;
  }

  take(block: Uint8Array): void {
    if (!this.#isEnded) this.#thread.tell({ kind: 'block', block });
  }

  /** The run's report, once its whole tape was taken. Rejects with the signal's reason when aborted. */
  async settle(job: SettleJob, wallMs: number, signal?: AbortSignal): Promise<Settled> {
    try {
      const settled = await this.#thread.ask({ kind: 'settle', job }, wallMs + extraMs, signal);
      if (settled === 'timed-out') {
        return { kind: 'bad-result', message: 'Replaying the orders took far longer than the strategy itself had.' };
      }
      const known = settled as Settled;
      if (known.kind === 'bad-result') return known;
      return { ...known, report: { ...known.report, trades: reportTrades(known.trades, this.#symbols) } };
    } finally {
      this.drop();
    }
  }

  /** The run is of no interest any more. */
  drop(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#ended();
  }
}
