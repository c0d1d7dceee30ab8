import { beat, signOff, type Database, type Listener, type WorkerReport } from '@quarry/platform/database';
import type { Logger } from 'pino';
import type { Lanes } from '../attempt/lanes.js';
import type { WallRule } from '../attempt/wall-rule.js';

/** What does not change while a worker lives. */
export type WorkerIdentity = Omit<WorkerReport, 'busy' | 'refusal' | 'memoryBytes' | 'leaving'>;

const everyMs = 2_000;

/**
 * Tells the cluster that this worker lives and how busy it is, and hears whether it is to take slices: not while it is
 * drained, nor while its wall is too weak for the teams it would serve.
 */
export class Heartbeat {
  private readonly listener: Listener;
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();
  private leaving = false;

  constructor(
    private readonly services: {
      readonly database: Database;
      readonly lanes: Lanes;
      readonly wallRule: WallRule;
      readonly log: Logger;
    },
    private readonly identity: WorkerIdentity,
  ) {
    this.listener = services.database.listen(['quarry_cluster'], () => {
      void this.beat();
    });
  }

  async start(): Promise<void> {
    this.timer = setInterval(() => void this.beat(), everyMs);
    await this.beat();
  }

  /** The cluster counts on this worker no more, and hears of it until `close`. */
  async leave(): Promise<void> {
    this.leaving = true;
    await this.beat();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.listener.close();
    await this.beating;
    // A database that is away finds the worker lost soon.
    await signOff(this.services.database, this.identity.id).catch(() => undefined);
  }

  private beat(): Promise<void> {
    this.beating = this.beating.then(async () => {
      const { database, lanes, wallRule, log } = this.services;
      try {
        const refusal = await wallRule.refusal();
        const { busy } = lanes;
        const memoryBytes = process.memoryUsage.rss();
        const report = { ...this.identity, busy, refusal, memoryBytes, leaving: this.leaving };
        const { draining } = await beat(database, report);
        await lanes.takeMore(!draining && refusal === null);
      } catch (error) {
        log.warn({ err: error }, 'a heartbeat was not written; the next one tries again');
      }
    });
    return this.beating;
  }
}
