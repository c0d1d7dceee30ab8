import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from './database.js';
import type { Listener } from './listen.js';
import { dispatchAgain, recoverSlice } from './recover-slice.js';

/** What the dispatcher needs of the queue. */
export interface DispatchTarget {
  enqueue(dispatch: { readonly runId: string; readonly sliceId: string; readonly number: number }): Promise<void>;
  depth(): Promise<{ readonly waiting: number; readonly active: number }>;
}

export interface DispatcherOptions {
  /** How often lost slices are looked for, milliseconds. */
  readonly everyMs?: number;
  /** A slice that has waited this long since its dispatch is sent again, at doubling distances. */
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
 * Brings outbox rows to the queue, and slices that were lost on the way back into the outbox. Any number of processes
 * may run one: rows are taken with SKIP LOCKED, and a dispatch that is sent twice is claimed once.
 */
export class Dispatcher {
  private readonly listener: Listener;
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();
  private wanted = false;
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly queue: DispatchTarget,
    private readonly options: DispatcherOptions,
  ) {
    this.listener = database.listen(['quarry_outbox'], () => {
      this.wake(false);
    });
    this.timer = setInterval(() => {
      this.wake(true);
    }, options.everyMs ?? 1_000);
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
      if (this.closed) return;
      try {
        if (reconcile) await this.reconcile();
        await this.relay();
      } catch (error) {
        this.options.onError(error);
      }
    });
  }

  /** Moves rows in batches. A crash between enqueue and commit repeats the batch, which the claim makes harmless. */
  private async relay(): Promise<void> {
    const batch = 100;
    for (let moved = batch; moved === batch && !this.closed;) {
      moved = await this.database.asRelay(async (rows) => {
        const taken = await rows<{ run_id: string; slice_id: string; dispatch: number }>(
          `DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT ${batch} FOR UPDATE SKIP LOCKED)
           RETURNING run_id, slice_id, dispatch`,
        );
        await Promise.all(
          taken.map((row) => this.queue.enqueue({ runId: row.run_id, sliceId: row.slice_id, number: row.dispatch })),
        );
        return taken.length;
      });
    }
  }

  private async reconcile(): Promise<void> {
    for (const slice of await this.expired()) {
      await this.database.inTeam(slice.team_id, (scope) => recoverSlice(scope, slice.run_id, slice.id));
    }
    for (const slice of await this.forgotten()) {
      await this.database.inTeam(slice.team_id, (scope) => dispatchAgain(scope, slice.run_id, slice.id));
    }
  }

  private expired(): Promise<Lost[]> {
    return this.database.asRelay((rows) =>
      rows<Lost>(`SELECT id, team_id, run_id FROM slice WHERE state = 'running' AND lease_until < now() LIMIT 100`),
    );
  }

  /** Queued slices that neither the outbox nor, as far as can be told, the queue still holds. */
  private async forgotten(): Promise<Lost[]> {
    const staleMs = this.options.staleMs ?? 30_000;
    const candidates = await this.database.asRelay((rows) =>
      rows<Lost & { stale: boolean }>(
        `SELECT id, team_id, run_id,
           dispatched_at < now() - $1 * power(2, least(dispatch - 1, 5)) * interval '1 millisecond' AS stale
         FROM slice
         WHERE state = 'queued' AND dispatched_at < now() - $1 / 6 * interval '1 millisecond'
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.slice_id = slice.id)
         LIMIT 100`,
        [staleMs],
      ),
    );
    if (candidates.length === 0) return [];

    const { waiting, active } = await this.queue.depth();
    return waiting + active === 0 ? candidates : candidates.filter((slice) => slice.stale);
  }
}
