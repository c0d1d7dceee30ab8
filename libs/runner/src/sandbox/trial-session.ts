import { AnswerReader } from './answer-reader.js';
import { graceMs, startMs, type GuestEnd, type GuestProcess } from './guest-process.js';
import { frames, type TrialRequest, type TrialsRequest } from './protocol.js';

/** How the guest's part of a trial ended. `unstarted`: its child was gone, by another's fault, before it came to its turn. */
export type TrialEnd =
  | { readonly kind: 'answered'; readonly outcome: Uint8Array; readonly tape: readonly Uint8Array[] }
  | Exclude<GuestEnd, { kind: 'answered' }>
  | { readonly kind: 'unstarted' };

interface Waiting {
  readonly tape: Uint8Array[];
  readonly reader: AnswerReader;
  readonly settle: (end: TrialEnd) => void;
}

/**
 * A child that runs the trials of one strategy in turn. Any number may be asked for before the first is answered; they
 * are answered in order. The first that does not end by an answer is the session's end too.
 */
export class TrialSession {
  readonly #child: GuestProcess;
  readonly #request: TrialsRequest;
  readonly #closed: () => void;
  readonly #release: () => void;
  readonly #waiting: Waiting[] = [];
  #limit: NodeJS.Timeout | null = null;
  #isOpen = true;

  constructor(child: GuestProcess, request: TrialsRequest, closed: () => void) {
    this.#child = child;
    this.#request = request;
    this.#closed = closed;
    child.send(frames.trials, request);
    this.#release = child.takeOver(
      (bytes) => this.#hear(bytes),
      (end) => this.#fail(end),
    );
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** `prices`: of the first series, open, high, low, close and volume one after the other, in place of the dataset's. */
  run(trial: TrialRequest, prices: Float64Array | null): Promise<TrialEnd> {
    if (!this.#isOpen) return Promise.resolve({ kind: 'unstarted' });
    return new Promise((settle) => {
      const tape: Uint8Array[] = [];
      const reader = new AnswerReader(this.#request, { tape: (block) => tape.push(block), log: () => undefined });
      this.#waiting.push({ tape, reader, settle });
      if (this.#waiting.length === 1) this.#within(startMs, { kind: 'died', how: 'it did not start' });
      if (prices) this.#child.send(frames.prices, new Uint8Array(prices.buffer, prices.byteOffset, prices.byteLength));
      this.#child.send(frames.trial, trial);
    });
  }

  /** Ends the child. Trials that still wait are unstarted. */
  close(): void {
    this.#end({ kind: 'unstarted' });
  }

  #hear(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && this.#isOpen;) {
      const turn = this.#waiting[0];
      if (!turn) return this.#fail({ kind: 'bad-result' });
      const step = turn.reader.take(bytes.subarray(at));
      at += turn.reader.taken;
      if (step === 'started') this.#within(this.#request.wallMs + graceMs, { kind: 'timed-out' });
      else if (step !== 'more') {
        if (step.kind !== 'answered') return this.#fail(step);
        this.#waiting.shift();
        if (this.#waiting.length > 0) this.#within(startMs, { kind: 'died', how: 'it did not go on' });
        else this.#within(null);
        turn.settle({ ...step, tape: turn.tape });
      }
    }
  }

  #fail(end: GuestEnd | { kind: 'died'; how: string }): void {
    if (end.kind !== 'answered') this.#end(end);
  }

  #end(first: Exclude<TrialEnd, { kind: 'answered' }>): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#within(null);
    this.#child.kill();
    this.#release();
    this.#closed();
    this.#waiting.splice(0).forEach(({ settle }, i) => settle(i === 0 ? first : { kind: 'unstarted' }));
  }

  /** What becomes of the trial at work unless something is heard before; null: nothing is waited for. */
  #within(ms: number | null, end: GuestEnd = { kind: 'timed-out' }): void {
    if (this.#limit) clearTimeout(this.#limit);
    this.#limit = ms === null ? null : setTimeout(() => this.#fail(end), ms);
  }
}
