import { setTimeout as pause } from 'node:timers/promises';
import { admitSlices, takeBack } from './cluster/admission.js';
import { scaleCluster } from './cluster/scale-cluster.js';
import type { Database } from './database.js';
import { endOverdueRuns } from './end-overdue.js';
import type { Listener } from './listen.js';
import { recoverSlice } from './recover-slice.js';

/** One dispatch of a slice, as the queue knows it. */
export interface Dispatched {
  readonly runId: string;
  readonly sliceId: string;
  readonly number: number;
}

/** What the dispatcher needs of the queue. */
export interface DispatchTarget {
  enqueue(dispatch: Dispatched, place?: { readonly ahead: boolean }): Promise<void>;
  remove(dispatch: Dispatched): Promise<void>;
  depth(): Promise<{ readonly waiting: number; readonly active: number }>;
}

export interface DispatcherOptions {
  /** How often lost slices are looked for, milliseconds. */
  readonly everyMs?: number;
  /** A slice that has waited this long since its dispatch is sent again; from then on, twice as long. */
  readonly staleMs?: number;
  readonly onError: (error: unknown) => void;
}

const patienceMs = 2_000;

interface Lost {
  readonly id: string;
  readonly team_id: string;
  readonly run_id: string;
}

/**
 * Admits slices to the queue as their turn comes, and has those that were lost on the way wait anew. Any number of
 * processes may run one: one of them admits at a time, and a dispatch that is sent twice is claimed once.
 */
export class Dispatcher {
  private readonly listener: Listener;
  private readonly timer: NodeJS.Timeout;
  private readonly everyMs: number;
  private running: Promise<void> = Promise.resolve();
  private wanted = false;
  private closed = false;
  private restUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly queue: DispatchTarget,
    private readonly options: DispatcherOptions,
  ) {
    this.everyMs = options.everyMs ?? 1_000;
    this.listener = database.listen(['quarry_slice', 'quarry_cluster'], () => {
      this.wake(false);
    });
    this.timer = setInterval(() => {
      this.wake(true);
    }, this.everyMs);
    this.wake(true);
  }

  /** Lets the round under way end, unless the queue is away and it cannot. */
  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    await this.listener.close();
    const patience = new AbortController();
    await Promise.race([this.running, pause(patienceMs, undefined, patience).catch(() => undefined)]);
    patience.abort();
  }

  /** Starts a round unless one is waiting to start already. */
  private wake(reconcile: boolean): void {
    if (this.closed || (this.wanted && !reconcile)) return;
    this.wanted = true;
    this.running = this.running.then(async () => {
      this.wanted = false;
      if (this.closed || performance.now() < this.restUntil) return;
      try {
        if (reconcile) await this.reconcile();
        await admitSlices(this.database, this.queue);
      } catch (error) {
        // Another process may reach what this one does not: it must not wait for this one's next failure.
        this.restUntil = performance.now() + 3 * this.everyMs;
        this.options.onError(error);
      }
    });
  }

  private async reconcile(): Promise<void> {
    await scaleCluster(this.database);
    await endOverdueRuns(this.database);
    for (const slice of await this.expired()) {
      await this.database.inTeam(slice.team_id, (scope) => recoverSlice(scope, slice.run_id, slice.id));
    }
    const forgotten = await this.forgotten();
    if (forgotten.length > 0) await this.database.asRelay((rows) => takeBack(rows, this.queue, forgotten));
  }

  private expired(): Promise<Lost[]> {
    return this.database.asRelay((rows) =>
      rows<Lost>(`SELECT id, team_id, run_id FROM slice WHERE state = 'running' AND lease_until < now() LIMIT 100`),
    );
  }

  /** Slices that were handed to the queue and, as far as can be told, are not there any more. */
  private async forgotten(): Promise<string[]> {
    const staleMs = this.options.staleMs ?? 30_000;
    const candidates = await this.database.asRelay((rows) =>
      rows<{ id: string; stale: boolean }>(
        `SELECT id, dispatched_at < now() - $1 * power(2, least(dispatch - 1, 1)) * interval '1 millisecond' AS stale
         FROM slice WHERE state = 'queued' AND dispatched_at < now() - $1 / 6 * interval '1 millisecond' LIMIT 100`,
        [staleMs],
      ),
    );
    if (candidates.length === 0) return [];

    const { waiting, active } = await this.queue.depth();
    const lost = waiting + active === 0 ? candidates : candidates.filter(({ stale }) => stale);
    return lost.map(({ id }) => id);
  }
}
