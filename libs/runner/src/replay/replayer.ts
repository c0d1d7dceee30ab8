import { mkdir } from 'node:fs/promises';
import type { BacktestSettings } from '@quarry/contracts';
import { reportTrades } from '../report/index.js';
import type { ArtifactFile } from '../runner.js';
import type { SeriesFiles } from '../sandbox/sandbox.js';
import type { Computations } from './computations.js';
import type { ThreadTask } from './replay-thread.js';
import type { Settled, SettleJob } from './settle.js';
import { ReplayThread } from './thread.js';
import type { TrialAnswer, TrialTask } from './trial-replay.js';

/** Orders that take this long to replay, beyond what the guest was given, were never matched by a guest of ours. */
const extraMs = 10_000;
const writeMs = 600_000;
const computeMs = 3_600_000;
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

  /** A thread for trials over these bars. Whoever takes it gives it back. */
  openTrials(series: readonly SeriesFiles[]): TrialThread {
    const thread = this.#take();
    thread.tell({ kind: 'open-trials', series });
    return new TrialThread(thread, () => this.#give(thread));
  }

  /** Computes in a thread what would keep this one from everything else. Rejects with the signal's reason when aborted. */
  async compute<Name extends keyof Computations>(
    name: Name,
    args: Parameters<Computations[Name]>,
    signal?: AbortSignal,
  ): Promise<ReturnType<Computations[Name]>> {
    const thread = this.#take();
    try {
      const answer = await thread.ask({ kind: 'compute', name, args }, computeMs, signal);
      if (answer === 'timed-out') throw new Error(`Computing ${name} took too long.`);
      return answer as ReturnType<Computations[Name]>;
    } finally {
      this.#give(thread);
    }
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
        return { kind: 'bad-result', message: tooLong };
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

const tooLong = 'Replaying the orders took far longer than the strategy itself had.';

/** A thread that replays trials, one at a time in the order in which they are given. */
export class TrialThread {
  readonly #thread: ReplayThread;
  readonly #ended: () => void;
  #last: Promise<unknown> = Promise.resolve();

  constructor(thread: ReplayThread, ended: () => void) {
    this.#thread = thread;
    this.#ended = ended;
  }

  /** A replay that takes longer than what the guest was given has orders that no guest of ours matched. */
  run(task: TrialTask, guestMs: number): Promise<TrialAnswer> {
    const turn = this.#last.then(async (): Promise<TrialAnswer> => {
      const answer = await this.#thread.ask({ kind: 'trial', task }, guestMs + extraMs);
      return answer === 'timed-out' ? { kind: 'bad-result', message: tooLong } : (answer as TrialAnswer);
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  get isAlive(): boolean {
    return this.#thread.isAlive;
  }

  /** Ends the thread, whatever it is at. */
  async close(): Promise<void> {
    await this.#thread.end();
    this.#ended();
  }
}
