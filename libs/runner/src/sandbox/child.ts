import { fstatSync, read, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type ivm from 'isolated-vm';
import { answer, nextTrial, readFully, readRequest } from './child-wire.js';
import {
  frames,
  requestDescriptor,
  type GuestLogPiece,
  type GuestOutcome,
  type GuestRequest,
  type Preparation,
  type SeriesInput,
  type TrialRequest,
  type TrialsRequest,
} from './protocol.js';

// The child process: one isolate, one run or the trials of one strategy, then the parent kills it. It is born with its
// descriptors and opens nothing but the files beside this one. Should the isolate's walls fall, this process is what the
// outer walls hold.

type Library = typeof ivm;

/** What the guest's door answers to each step of a run. */
type Step = GuestLogPiece & { readonly tape: ArrayBuffer | null; readonly outcome: GuestOutcome | null };

/** What the door answers to a trial. */
type TrialStep = Pick<GuestOutcome, 'failure' | 'finalEquity'> & { readonly tape: ArrayBuffer | null };

/** The package's own loader probes the system, which the permission model forbids. */
function loadLibrary(): Library {
  const loaded = { exports: {} as { ivm: Library } };
  process.dlopen(loaded, join(__dirname, 'isolated-vm.node'));
  return loaded.exports.ivm;
}

function readColumns({ descriptor, first, length, rows, columns }: SeriesInput): (readonly [string, ArrayBuffer])[] {
  if (fstatSync(descriptor).size < rows * columns.length * 8) process.exit(3);
  return columns.map((name, index) => {
    const column = new ArrayBuffer(length * 8);
    readFully(descriptor, new Uint8Array(column), (index * rows + first) * 8);
    return [name, column] as const;
  });
}

/** Isolate, engine and bars, ready for a strategy. */
class Guest {
  readonly #library: Library;
  readonly #isolate: ivm.Isolate;
  readonly #context: ivm.Context;
  readonly #door: ivm.Reference;
  /** Resolves when V8 has given the isolate up for want of memory: its thread then stands still and answers no more. */
  readonly #givenUp: Promise<unknown>;
  #isExtended = false;
  #trial: ivm.Reference | null = null;

  constructor(library: Library, preparation: Preparation) {
    this.#library = library;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#givenUp = promise;
    this.#isolate = new library.Isolate({
      memoryLimit: preparation.memoryMb,
      onCatastrophicError: () => resolve(undefined),
    });
    this.#context = this.#isolate.createContextSync();
    const script = this.#isolate.compileScriptSync(readFileSync(join(__dirname, 'guest.js'), 'utf8'), {
      filename: 'quarry:engine',
    });
    this.#door = script.runSync(this.#context, { reference: true }) as ivm.Reference;
    this.#open(preparation.series);
  }

  #open(series: readonly SeriesInput[]): void {
    const buffers: ArrayBuffer[] = [];
    const described = series.map((one) => {
      const columns = readColumns(one);
      for (const [, buffer] of columns) buffers.push(buffer);
      const { symbol, interval, prices, zone, length } = one;
      return { symbol, interval, prices, zone, length, columns };
    });
    const copy = new this.#library.ExternalCopy(described, { transferList: buffers });
    const open = this.#door.getSync('open', { reference: true }) as ivm.Reference;
    open.applySync(undefined, [copy.copyInto({ release: true, transferIn: true })]);
  }

  /** The rest of the engine, for a strategy that needs it. */
  extend(): void {
    if (this.#isExtended) return;
    this.#isExtended = true;
    const source = readFileSync(join(__dirname, 'library.js'), 'utf8');
    const script = this.#isolate.compileScriptSync(source, { filename: 'quarry:library' });
    const library = script.runSync(this.#context, { reference: true }) as ivm.Reference;
    const extend = this.#door.getSync('extend', { reference: true }) as ivm.Reference;
    extend.applySync(undefined, [library.derefInto({ release: true })]);
  }

  warmUp(rounds: number): void {
    if (rounds === 0) return;
    this.extend();
    const warm = this.#door.getSync('warm', { reference: true }) as ivm.Reference;
    warm.applySync(undefined, [rounds]);
  }

  /**
   * Runs the strategy in a thread of its own, so that this one notices when the parent is gone; step by step, each told
   * to `tell`, which answers whether there is room for more. Answers how the run ended.
   */
  run(request: GuestRequest, tell: (step: Omit<Step, 'outcome'>) => boolean): Promise<GuestOutcome> {
    const givenUp = this.#givenUp.then(() => failed('out-of-memory', ''));
    return Promise.race([this.#run(request, tell), givenUp]);
  }

  async #run(request: GuestRequest, tell: (step: Omit<Step, 'outcome'>) => boolean): Promise<GuestOutcome> {
    const { script: source, wallMs, kind, params, settings, breakAt, marks, library } = request;
    if (library) this.extend();
    const deadline = performance.now() + wallMs;
    const limits = () => ({ timeout: Math.max(1, Math.ceil(deadline - performance.now())) });
    try {
      const script = await this.#isolate.compileScript(source, { filename: 'quarry:strategy' });
      const strategy = (await script.run(this.#context, { reference: true, ...limits() })) as ivm.Reference;
      const begin = (await this.#door.get(kind, { reference: true })) as ivm.Reference;
      const goOn = (await this.#door.get('goOn', { reference: true })) as ivm.Reference;
      const input = new this.#library.ExternalCopy({ params, settings, breakAt, marks }).copyInto({ release: true });
      const copied = { result: { copy: true } } as const;
      let step = (await begin.apply(undefined, [strategy.derefInto(), input], { ...limits(), ...copied })) as Step;
      for (;;) {
        if (!tell(step)) return failed('result-too-large', '');
        if (step.outcome) return step.outcome;
        step = (await goOn.apply(undefined, [], { ...limits(), ...copied })) as Step;
      }
    } catch (error) {
      const outcome = this.#interrupted(error);
      tell({ ...(await this.#log()), tape: null });
      return outcome;
    }
  }

  /** Loads a strategy whose trials follow. What is wrong with it, each trial will tell. */
  async openTrials({ script: source, library, wallMs }: TrialsRequest): Promise<void> {
    if (library) this.extend();
    const script = await this.#isolate.compileScript(source, { filename: 'quarry:strategy' });
    const strategy = (await script.run(this.#context, { reference: true, timeout: wallMs })) as ivm.Reference;
    const open = (await this.#door.get('openTrials', { reference: true })) as ivm.Reference;
    await open.apply(undefined, [strategy.derefInto()], { result: { copy: true } });
    this.#trial = (await this.#door.get('trial', { reference: true })) as ivm.Reference;
  }

  trial(request: TrialRequest, prices: ArrayBuffer | null, limits: TrialsRequest): Promise<TrialStep> {
    const ended = (outcome: GuestOutcome): TrialStep => ({ ...outcome, tape: null });
    const input = new this.#library.ExternalCopy(
      { ...request, prices, tapeBytes: limits.tapeBytes },
      { transferList: prices ? [prices] : [] },
    );
    const copied = input.copyInto({ release: true, transferIn: true });
    const ran = this.#trial!.apply(undefined, [copied], { timeout: limits.wallMs, result: { copy: true } }).then(
      (step) => step as TrialStep,
      (error: unknown) => ended(this.#interrupted(error)),
    );
    return Promise.race([ran, this.#givenUp.then(() => ended(failed('out-of-memory', '')))]);
  }

  #interrupted(error: unknown): GuestOutcome {
    const reason = error instanceof Error ? error.message : '';
    if (/disposed|memory limit|Array buffer allocation failed/.test(reason)) {
      return failed('out-of-memory', '');
    }
    if (/timed out/.test(reason)) return failed('timed-out', '');
    // What the strategy left behind for later, such as a promise that nobody waits for, has thrown.
    return failed('threw', reason, placeOf(error));
  }

  /** What the strategy had logged before it was stopped, where the isolate still answers. */
  async #log(): Promise<GuestLogPiece> {
    try {
      const read = (await this.#door.get('log', { reference: true })) as ivm.Reference;
      return (await read.apply(undefined, [], { timeout: 300, result: { copy: true } })) as GuestLogPiece;
    } catch {
      return { log: [], logCut: false };
    }
  }
}

function failed(
  code: NonNullable<GuestOutcome['failure']>['code'],
  message: string,
  place = { line: 0, column: 0 },
): GuestOutcome {
  return { failure: { code, message, ...place }, name: '', params: {}, finalEquity: 0 };
}

/** Where in the strategy's script an error came from; 0 where that is not known. */
function placeOf(error: unknown): { line: number; column: number } {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, line = 0, column = 0] = /quarry:strategy:(\d{1,9}):(\d{1,9})/.exec(stack) ?? [];
  return { line: Number(line), column: Number(column) };
}

function jsonSafe(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

async function main(): Promise<void> {
  const preparation = readRequest(frames.prepare).message as Preparation;
  const guest = new Guest(loadLibrary(), preparation);
  guest.warmUp(preparation.warmUps);
  const { kind, message } = readRequest(frames.run, frames.trials);
  return kind === frames.run ? serveRun(guest, message as GuestRequest) : serveTrials(guest, message as TrialsRequest);
}

async function serveRun(guest: Guest, request: GuestRequest): Promise<void> {
  // The parent never writes again: this read ends only when the parent is gone, and then so are we.
  read(requestDescriptor, new Uint8Array(1), 0, 1, null, () => process.kill(process.pid, 'SIGKILL'));
  answer(frames.started, new Uint8Array(0));

  const left = { tape: request.tapeBytes, text: request.outcomeBytes };
  const outcome = await guest.run(request, ({ tape, log, logCut }) => {
    if (log.length > 0 || logCut) {
      const piece = Buffer.from(JSON.stringify({ log, logCut }));
      left.text -= piece.length;
      if (left.text >= 0) answer(frames.log, piece);
    }
    if (tape) {
      left.tape -= tape.byteLength;
      if (left.tape >= 0) answer(frames.tape, new Uint8Array(tape));
    }
    return left.text >= 0 && left.tape >= 0;
  });
  answerOutcome(outcome, left.text);
}

async function serveTrials(guest: Guest, request: TrialsRequest): Promise<void> {
  await guest.openTrials(request);
  for (let asked = nextTrial(); ;) {
    const { trial, prices } = await asked;
    // Read ahead, so that the parent's end is noticed while a trial goes on.
    asked = nextTrial();
    answer(frames.started, new Uint8Array(0));
    const { tape, failure, finalEquity } = await guest.trial(trial, prices, request);
    if (tape) answer(frames.tape, new Uint8Array(tape));
    answerOutcome({ failure, finalEquity, name: '', params: {} }, request.outcomeBytes);
  }
}

function answerOutcome(outcome: GuestOutcome, room: number): void {
  const text = Buffer.from(JSON.stringify(outcome, jsonSafe));
  answer(frames.outcome, text.length <= room ? text : Buffer.from(JSON.stringify(failed('result-too-large', ''))));
}

void main();
