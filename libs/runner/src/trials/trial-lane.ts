import type { BacktestSettings, Failure } from '@quarry/contracts';
import type { Workshop } from '../backtest.js';
import { readGuest } from '../check/read-guest.js';
import type { Script } from '../compile/bundle.js';
import type { TrialThread } from '../replay/replayer.js';
import type { GuestEnd } from '../sandbox/guest-process.js';
import type { TrialsRequest } from '../sandbox/protocol.js';
import type { GuestInput } from '../sandbox/sandbox.js';
import type { TrialEnd, TrialSession } from '../sandbox/trial-session.js';
import type { Trial, TrialResult } from './trial.js';

/** What all lanes of a job are made with. */
export interface LaneJob {
  readonly workshop: Workshop;
  readonly script: Script;
  readonly input: GuestInput;
  readonly settings: BacktestSettings;
  readonly metrics: 'few' | 'all';
  readonly tapeBytes: number;
}

/**
 * A child that runs trials and a thread that replays them: while one is replayed, the next is run. A child that a trial
 * broke is replaced, so that the trials behind it come to their turn; what died by itself is tried once more.
 */
export class TrialLane {
  readonly #job: LaneJob;
  #session: TrialSession | null = null;
  #thread: TrialThread | null = null;
  #isClosed = false;

  constructor(job: LaneJob) {
    this.#job = job;
  }

  /** Any number may be asked for at once. They are done in turn. Rejects once the lane is closed. */
  async run(trial: Trial): Promise<TrialResult> {
    const { workshop, script, settings } = this.#job;
    const used = trial.settings ?? settings;
    for (let deaths = 0; ;) {
      if (this.#isClosed) throw new Error('The trials were closed.');
      const session = this.#openSession();
      const request = { params: trial.params, settings: used, range: trial.range ?? null };
      const end = await session.run(request, trial.prices ?? null);
      if (end.kind === 'unstarted') continue;
      if (isDeath(end) && deaths++ === 0) continue;
      const answered: GuestEnd = end.kind === 'answered' ? { kind: 'answered', outcome: end.outcome } : end;
      const { outcome, failure } = readGuest(answered, script, workshop.limits);
      if (failure) {
        // A child goes on after an error of the strategy, and after nothing else.
        if (failure.code !== 'threw' && failure.code !== 'bad-parameters') session.close();
        if (failure.code === 'out-of-memory' && deaths++ === 0) continue;
        return { failure };
      }
      if (!outcome || end.kind !== 'answered') throw new Error('A trial ended without an answer or a failure.');
      return this.#replay(trial, used, joined(end.tape), outcome.finalEquity);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#session?.close();
    await this.#thread?.close();
  }

  async #replay(trial: Trial, settings: BacktestSettings, tape: Uint8Array, claim: number): Promise<TrialResult> {
    const { workshop, metrics } = this.#job;
    const task = {
      ...{ settings, tape, claim, metrics },
      range: trial.range ?? null,
      prices: trial.prices ?? null,
      stress: trial.stress ?? null,
      detail: trial.detail === true,
    };
    const answer = await this.#openThread().run(task, workshop.limits.wallMs);
    return answer.kind === 'figures' ? answer.figures : { failure: failureOf(answer.kind, answer.message) };
  }

  #openSession(): TrialSession {
    if (this.#session?.isOpen) return this.#session;
    const { workshop, script, input, tapeBytes } = this.#job;
    const request: TrialsRequest = {
      ...{ script: script.code, library: script.library, tapeBytes },
      wallMs: workshop.limits.wallMs,
      outcomeBytes: Math.min(workshop.limits.resultBytes, 1_000_000),
    };
    return (this.#session = workshop.sandbox.openTrials(input, request));
  }

  #openThread(): TrialThread {
    if (this.#thread?.isAlive) return this.#thread;
    const { workshop, input } = this.#job;
    return (this.#thread = workshop.replayer.openTrials(input.series));
  }
}

/** Ends that need not be this trial's fault: memory that trials before it had left, or a signal from somewhere. */
function isDeath({ kind }: TrialEnd): boolean {
  return kind === 'died' || kind === 'out-of-memory';
}

function failureOf(code: 'bad-result' | 'bad-parameters', message: string): Failure {
  return { code, message, position: null, diagnostics: [] };
}

function joined(blocks: readonly Uint8Array[]): Uint8Array {
  return blocks.length === 1 ? blocks[0]! : new Uint8Array(Buffer.concat(blocks));
}
