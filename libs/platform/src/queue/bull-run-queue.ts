import { setTimeout as pause } from 'node:timers/promises';
import type { JobsOptions, Processor, WorkerOptions } from 'bullmq';
import { type Consumer, type Dispatch, RunQueue } from './run-queue.js';

export interface QueueSettings {
  /** Queues of different names share a store without meeting; letters, digits, `-` and `_`. */
  readonly name: string;
  /** A worker that has not renewed its lock for so long has lost its dispatch. */
  readonly lockMs: number;
  /** How often lost locks are looked for. */
  readonly stalledMs: number;
  /** Told of trouble with the store while it is away; the queue itself goes on trying. */
  readonly onTrouble: (error: Error) => void;
}

interface BullQueue {
  add(name: string, data: Dispatch, options: JobsOptions): Promise<unknown>;
  remove(id: string): Promise<number>;
  getJobCounts(...states: ('wait' | 'prioritized' | 'delayed' | 'active')[]): Promise<Record<string, number>>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

interface BullWorker {
  waitUntilReady(): Promise<unknown>;
  run(): Promise<void>;
  pause(doNotWaitActive: boolean): Promise<void>;
  resume(): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** BullMQ over one of its backends. */
export interface Bull {
  readonly queue: BullQueue;
  worker(handler: Processor<Dispatch>, options: Omit<WorkerOptions, 'connection'>): BullWorker;
  /** Resolves when the store answers now. */
  ping(): Promise<void>;
  /** Lets go of the store, also of one that is away. */
  close(): Promise<void>;
}

/** Long enough that a dispatch repeated by admission finds its job still there. */
const keep = { age: 3600, count: 2000 };

const patienceMs = 1000;

/**
 * How long a worker whose lanes are done may take to close. Where the store went away it would take for ever: ioredis
 * (5.11, `disconnect`) never ends a connection that waits for its next try, and BullMQ waits for that end.
 */
const closingMs = 2000;

/** A slice goes back to waiting as often as its worker is lost; when that is too often, the claim in the database says. */
const neverGiveUp = 1_000_000;

export class BullRunQueue extends RunQueue {
  readonly #bull: Bull;
  readonly #settings: QueueSettings;
  readonly #consumers = new Set<Consumer>();
  #trouble: Error | null = null;

  constructor(bull: Bull, settings: QueueSettings) {
    super();
    this.#bull = bull;
    this.#settings = settings;
    bull.queue.on('error', (error) => {
      this.#trouble = error;
      settings.onTrouble(error);
    });
  }

  override async enqueue(dispatch: Dispatch, { ahead } = { ahead: false }): Promise<void> {
    const { runId, sliceId, number } = dispatch;
    const options = { jobId: jobId(dispatch), attempts: 1, lifo: ahead, removeOnComplete: keep, removeOnFail: keep };
    await this.#inTime(this.#bull.queue.add('slice', { runId, sliceId, number }, options));
  }

  override async remove(dispatch: Dispatch): Promise<void> {
    await this.#inTime(this.#bull.queue.remove(jobId(dispatch)));
  }

  override async depth(): Promise<{ waiting: number; active: number }> {
    const counts = await this.#inTime(this.#bull.queue.getJobCounts('wait', 'prioritized', 'delayed', 'active'));
    const { active = 0, ...others } = counts;
    return { waiting: Object.values(others).reduce((sum, count) => sum + count, 0), active };
  }

  override async consume(lanes: number, handler: (dispatch: Dispatch) => Promise<void>): Promise<Consumer> {
    const { lockMs, stalledMs, onTrouble } = this.#settings;
    const handled = new Set<Promise<void>>();
    const handle = (job: { data: Dispatch }): Promise<void> => {
      const done = handler(job.data).finally(() => handled.delete(done));
      handled.add(done);
      return done;
    };
    const worker = this.#bull.worker(handle, {
      autorun: false,
      concurrency: lanes,
      lockDuration: lockMs,
      stalledInterval: stalledMs,
      maxStalledCount: neverGiveUp,
      removeOnComplete: keep,
      removeOnFail: keep,
      runRetryDelay: 1000,
    });
    worker.on('error', onTrouble);
    const consumer: Consumer = {
      pause: () => worker.pause(true),
      resume: () => {
        worker.resume();
      },
      drain: async () => {
        await Promise.race([worker.close(), restOf(handled)]);
        this.#consumers.delete(consumer);
      },
    };
    this.#consumers.add(consumer);
    await worker.waitUntilReady();
    worker.run().catch(onTrouble);
    return consumer;
  }

  override ping(): Promise<void> {
    return this.#inTime(this.#bull.ping());
  }

  override async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.drain()));
    await this.#bull.close();
  }

  /** BullMQ waits for a store that is away, however long; callers here have their own ways to try again. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const reason = this.#trouble ? ` Last trouble: ${this.#trouble.message}` : '';
      late.reject(new Error(`The queue's store has not answered within a second.${reason}`));
    }, patienceMs);
    return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
  }
}

/** Resolves when none has been handled for a while: BullMQ still hands over what it was fetching when it was asked to close. */
async function restOf(handled: ReadonlySet<Promise<void>>): Promise<void> {
  do {
    await Promise.allSettled(handled);
    await pause(closingMs, undefined, { ref: false });
  } while (handled.size > 0);
}

function jobId({ sliceId, number }: Dispatch): string {
  return `${sliceId}-${number}`;
}
