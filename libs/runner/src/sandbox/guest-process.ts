import { spawn, type ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { AnswerReader, type GuestListener } from './answer-reader.js';
import { mappedBytes } from './mapped-bytes.js';
import {
  answerDescriptor,
  encodeFrame,
  firstSeriesDescriptor,
  frames,
  requestDescriptor,
  type GuestRequest,
  type Preparation,
} from './protocol.js';
import { childMemory } from '../v8-flags.js';
import { watchProcess } from './watch-process.js';

/** How a child's one run ended. `died`: by itself, before it had answered. */
export type GuestEnd =
  | { readonly kind: 'answered'; readonly outcome: Uint8Array }
  | { readonly kind: 'timed-out' | 'out-of-memory' | 'result-too-large' | 'bad-result' }
  | { readonly kind: 'died'; readonly how: string };

/** From a request until the child says that the strategy starts: the isolate, the engine and the columns, no user code. */
export const startMs = 20_000;
/** What the child has beyond its limit to stop the strategy by itself and hand over what was logged. */
export const graceMs = 750;
/** What Node itself takes beside the guest. The rest of the 100 MB that a child may stand above its limit is for the time between two looks. */
const overheadMb = 50;
/** Below us, so that whoever watches a child comes to his turn before it. */
const priority = 5;
const maxStderrBytes = 8_192;

const environment = {
  ...{ PATH: '/usr/sbin:/usr/bin:/sbin:/bin', TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
  ...childMemory,
};

/** A child process behind the wall: prepared, then asked once, then killed. */
export class GuestProcess {
  readonly #process: ChildProcess;
  readonly #requests: Writable;
  readonly #answers: Readable;
  readonly #preparation: Preparation;
  #mappedAtEnd: number | null = null;
  #stderr = '';
  #end: string | null = null;

  /** Starts a child by its command line, with the series' descriptors, which the caller may close afterwards. */
  constructor([command = '', ...args]: readonly string[], preparation: Preparation, files: readonly number[]) {
    this.#preparation = preparation;
    this.#process = spawn(command, args, {
      cwd: '/',
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', ...files],
    });
    this.#requests = this.#process.stdio[requestDescriptor] as Writable;
    this.#answers = this.#process.stdio[answerDescriptor] as Readable;
    this.#requests.on('error', () => undefined);
    this.#answers.on('error', () => undefined);
    this.#process.stderr?.on('data', (text: Buffer) => {
      if (this.#stderr.length < maxStderrBytes) this.#stderr += text.toString('latin1');
    });
    this.#process.on('error', (error) => (this.#end = error.message));
    this.#process.on('exit', (code, signal) => (this.#end = signal ? `signal ${signal}` : `exit code ${code}`));
    if (this.#process.pid !== undefined) lowerPriority(this.#process.pid);
    this.send(frames.prepare, preparation);
    this.#hold(false);
  }

  get isAlive(): boolean {
    return this.#end === null;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** What the child had mapped when it had answered, bytes; null before that, or where it cannot be seen. */
  get mappedAtEnd(): number | null {
    return this.#mappedAtEnd;
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Runs the strategy. Rejects with the signal's reason when aborted. The child is killed when this settles; gone, unless it has answered. */
  async run(request: GuestRequest, listener: GuestListener, signal?: AbortSignal): Promise<GuestEnd> {
    signal?.throwIfAborted();
    this.#hold(true);
    const answers = new AnswerReader(request, listener);
    let end: GuestEnd | null = null;
    try {
      end = await new Promise<GuestEnd>((resolve, reject) => {
        const timer = { handle: setTimeout(() => resolve({ kind: 'died', how: 'it did not start' }), startMs) };
        const watch = watchProcess(this.#process.pid, {
          residentMb: this.#preparation.memoryMb + overheadMb,
          cpuMs: 2 * request.wallMs + startMs,
        });
        const aborted = (): void => reject(signal?.reason as Error);
        signal?.addEventListener('abort', aborted, { once: true });
        this.#settled = () => {
          clearTimeout(timer.handle);
          watch.stop();
          signal?.removeEventListener('abort', aborted);
        };

        this.#answers.on('data', (bytes: Buffer) => {
          const step = answers.take(bytes);
          if (step === 'started') {
            clearTimeout(timer.handle);
            timer.handle = setTimeout(() => resolve({ kind: 'timed-out' }), request.wallMs + graceMs);
          } else if (step !== 'more') {
            this.#mappedAtEnd = mappedBytes(this.pid);
            resolve(step);
          }
        });
        const died = (): void => resolve(watch.reason ? { kind: watch.reason } : this.#death());
        this.#process.once('close', died);
        if (this.#end !== null) died();
        this.send(frames.run, request);
      });
      return end;
    } finally {
      this.#settled();
      this.kill();
      // One that has answered has nothing left to do; that it is taken down need not be waited for.
      if (end?.kind !== 'answered') await this.#gone();
      this.#hold(false);
    }
  }

  /**
   * Takes the child over for several runs, one after another: whoever does so sends requests, hears answers, and kills it.
   * `died` is told why, once. Answers what gives the child's handles back.
   */
  takeOver(hear: (bytes: Buffer) => void, died: (end: GuestEnd) => void): () => void {
    this.#hold(true);
    const watch = watchProcess(this.#process.pid, { residentMb: this.#preparation.memoryMb + overheadMb });
    const ended = (): void => died(watch.reason ? { kind: watch.reason } : this.#death());
    this.#answers.on('data', hear);
    this.#process.once('close', ended);
    if (this.#end !== null) ended();
    return () => {
      watch.stop();
      this.#hold(false);
    };
  }

  #settled: () => void = () => undefined;

  /** V8 says so before it gives up for want of memory; any other death is a crash. */
  #death(): GuestEnd {
    if (/out of memory|allocation failed|bad_alloc/i.test(this.#stderr)) return { kind: 'out-of-memory' };
    return { kind: 'died', how: this.#end ?? 'unknown' };
  }

  /** Writes a frame of bytes, or of a message as JSON. */
  send(kind: number, message: object): void {
    const payload = message instanceof Uint8Array ? message : Buffer.from(JSON.stringify(message));
    this.#requests.write(encodeFrame(kind, payload));
  }

  /** A child that waits does not keep the worker's process alive. */
  #hold(hold: boolean): void {
    const handles = [this.#process, this.#requests, this.#answers, this.#process.stderr] as unknown as {
      ref(): void;
      unref(): void;
    }[];
    for (const handle of handles) {
      if (hold) handle.ref();
      else handle.unref();
    }
  }

  #gone(): Promise<void> {
    if (this.#end !== null || this.#process.pid === undefined) return Promise.resolve();
    return new Promise((resolve) => this.#process.once('exit', () => resolve()));
  }
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, priority);
  } catch {
    // It is gone already, which its exit tells.
  }
}

/** Where the file of series k of a preparation lies in the child. */
export function seriesDescriptor(index: number): number {
  return firstSeriesDescriptor + index;
}
