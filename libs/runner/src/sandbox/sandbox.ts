import { closeSync, openSync } from 'node:fs';
import type { Wall } from '@quarry/contracts';
import type { GuestListener } from './answer-reader.js';
import { builtBundle, publicBundle, type GuestBundle } from './guest-bundle.js';
import { seriesDescriptor, GuestProcess, type GuestEnd } from './guest-process.js';
import type { GuestRequest, Preparation, SeriesInput, TrialsRequest } from './protocol.js';
import { TrialSession } from './trial-session.js';
import { launchPlans, type LaunchPlan } from './wall.js';

/** One series by its file of raw little-endian float64. */
export type SeriesFiles = Omit<SeriesInput, 'descriptor'> & { readonly file: string };

/** What a child is prepared with. Children with equal inputs are interchangeable, so that a spare can be kept. */
export interface GuestInput {
  readonly memoryMb: number;
  readonly series: readonly SeriesFiles[];
}

/** A child that waits has time: about 50 ms of it, which the first run over the bars then does not need. */
const spareWarmUps = 2;

/**
 * What a child may map beside its start and its memory limit, MiB: buffers of the answer, stacks and pools of its threads.
 * The kernel refuses more, however fast it is asked for: so a child stays below its limit + 100 MiB even where the
 * watchdog comes late.
 */
const mapOverheadMb = 45;

const nothing: GuestInput = { memoryMb: 64, series: [] };

/** Runs strategies, each attempt in a fresh child process behind the strongest wall that this machine allows. */
export class Sandbox {
  readonly #plan: LaunchPlan;
  readonly #bundle: GuestBundle;
  /** What a child maps for itself, its threads started and no strategy run, bytes; null where that could not be seen. */
  readonly #mappedWhenIdle: number | null;
  readonly #maxSpares: number;
  readonly #spares = new Map<string, GuestProcess>();
  /** Inputs whose run is about to come. */
  readonly #expected = new Set<string>();
  readonly #running = new Set<GuestProcess>();
  #closed = false;

  private constructor(plan: LaunchPlan, bundle: GuestBundle, mappedWhenIdle: number | null, maxSpares: number) {
    this.#plan = plan;
    this.#bundle = bundle;
    this.#mappedWhenIdle = mappedWhenIdle;
    this.#maxSpares = maxSpares;
  }

  /** Finds the wall by trying: the first way, none stronger than `wallMax`, in which a child really starts and answers. */
  static async open(maxSpares: number, wallMax: Wall = 'full'): Promise<Sandbox> {
    for (const plan of launchPlans(wallMax)) {
      const bundle = plan.otherUser ? publicBundle() : builtBundle();
      const probe = await tryPlan(plan, bundle);
      if (probe) return new Sandbox(plan, bundle, probe.mappedAtEnd, maxSpares);
    }
    throw new Error('No child process can be started on this machine, not even without a wall.');
  }

  get wall(): Wall {
    return this.#plan.wall;
  }

  get wallDetail(): string {
    return this.#plan.detail;
  }

  get engineHash(): string {
    return this.#bundle.engineHash;
  }

  /** One attempt; a child that died of something we did not do is given one more. `listen` begins to listen to each. */
  async run(
    input: GuestInput,
    request: GuestRequest,
    listen: () => GuestListener,
    signal?: AbortSignal,
  ): Promise<GuestEnd> {
    const end = await this.#attempt(input, request, listen(), signal);
    return end.kind === 'died' ? this.#attempt(input, request, listen(), signal) : end;
  }

  /** A child for the trials of one strategy: whoever asks for it closes it. */
  openTrials(input: GuestInput, request: TrialsRequest): TrialSession {
    if (this.#closed) throw new Error('The runner is closed.');
    const child = this.#take(input);
    this.#running.add(child);
    return new TrialSession(child, request, () => this.#running.delete(child));
  }

  /** Keeps a child ready for whoever runs next with this input, where spares are wanted. */
  keepSpare(input: GuestInput): void {
    if (this.#maxSpares > 0) this.#prepare(JSON.stringify(input), input);
  }

  /**
   * A run with this input is about to come: its child starts now, unless one stands ready. Until it is taken or forgone,
   * no other takes its place.
   */
  expect(input: GuestInput): void {
    const key = JSON.stringify(input);
    this.#expected.add(key);
    this.#prepare(key, input);
  }

  /** The run that was expected does not come: its child goes, unless spares are wanted. */
  forgo(input: GuestInput): void {
    const key = JSON.stringify(input);
    this.#expected.delete(key);
    if (this.#maxSpares > 0) return;
    this.#spares.get(key)?.kill();
    this.#spares.delete(key);
  }

  /** The exact command line of a child, for those who check what it can reach. */
  launchLine(memoryMb = nothing.memoryMb): readonly string[] {
    const mapped = this.#mappedWhenIdle;
    return this.#plan.command(this.#bundle, mapped === null ? null : mapped + (memoryMb + mapOverheadMb) * 2 ** 20);
  }

  close(): void {
    this.#closed = true;
    for (const child of [...this.#spares.values(), ...this.#running]) child.kill();
    this.#spares.clear();
  }

  async #attempt(
    input: GuestInput,
    request: GuestRequest,
    listener: GuestListener,
    signal: AbortSignal | undefined,
  ): Promise<GuestEnd> {
    signal?.throwIfAborted();
    if (this.#closed) throw new Error('The runner is closed.');
    const child = this.#take(input);
    this.#running.add(child);
    try {
      return await child.run(request, listener, signal);
    } finally {
      this.#running.delete(child);
    }
  }

  #take(input: GuestInput): GuestProcess {
    const key = JSON.stringify(input);
    const spare = this.#spares.get(key);
    this.#spares.delete(key);
    this.#expected.delete(key);
    return spare?.isAlive ? spare : this.#start(input, 0);
  }

  #prepare(key: string, input: GuestInput): void {
    if (this.#closed || this.#spares.get(key)?.isAlive) return;
    for (const [otherKey, other] of this.#spares) {
      if (this.#spares.size < Math.max(1, this.#maxSpares)) break;
      if (this.#expected.has(otherKey)) continue;
      this.#spares.delete(otherKey);
      other.kill();
    }
    this.#spares.set(key, this.#start(input, spareWarmUps));
  }

  #start(input: GuestInput, warmUps: number): GuestProcess {
    return start(this.launchLine(input.memoryMb), input, warmUps);
  }
}

function start(line: readonly string[], { memoryMb, series }: GuestInput, warmUps: number): GuestProcess {
  const opened: number[] = [];
  try {
    const inputs = series.map(({ file, ...rest }) => {
      const descriptor = seriesDescriptor(opened.length);
      opened.push(openSync(file, 'r'));
      return { ...rest, descriptor };
    });
    const preparation: Preparation = { memoryMb, series: inputs, warmUps };
    return new GuestProcess(line, preparation, opened);
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}

/** The child with which a plan was tried; null where it did not start. */
async function tryPlan(plan: LaunchPlan, bundle: GuestBundle): Promise<GuestProcess | null> {
  const request: GuestRequest = {
    ...{ kind: 'check', script: '(function(){throw new Error("alive")})', library: false, params: {}, wallMs: 2_000 },
    ...{ outcomeBytes: 10_000, tapeBytes: 0 },
    settings: null,
  };
  const child = start(plan.command(bundle, null), nothing, 0);
  const end = await child.run(request, { tape: () => undefined, log: () => undefined });
  return end.kind === 'answered' ? child : null;
}
