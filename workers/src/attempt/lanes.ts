import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isDiskFull, type ArtifactStore } from '@quarry/platform/artifacts';
import {
  claimSlice,
  cutRun,
  endedWith,
  finishPart,
  finishRun,
  handBack,
  isOutOfReach,
  letGo,
  LostClaim,
  pardon,
  runPartsAgain,
  traced,
  waitForRoom,
  waitForStores,
  type Claim,
  type Database,
  type Listener,
} from '@quarry/platform/database';
import type { Consumer, Dispatch, RunQueue } from '@quarry/platform/queue';
import type { Logger } from 'pino';
import type { Attempt, SliceEnding, Work } from '../work/attempt.js';
import { ArtifactShelf } from './artifact-shelf.js';
import { LeaseHolder } from './lease-holder.js';
import type { WorkerMetrics } from './metrics.js';
import { RunReporter } from './run-reporter.js';
import type { WallRule } from './wall-rule.js';

/** A slice that meets a full disk or an absent store so often may be the cause: from then on that counts as a fault. */
const mostWaits = 30;

const pardonEveryMs = 1_000;

export interface LaneSettings {
  readonly lanes: number;
  readonly leaseMs: number;
  /** Names this worker in the history of attempts. */
  readonly worker: string;
  /** Attempts get folders of their own in it. */
  readonly directory: string;
  /** How long a worker that goes down lets its lanes finish before they hand back. */
  readonly drainMs: number;
}

export interface LaneServices {
  readonly database: Database;
  readonly queue: RunQueue;
  readonly artifacts: ArtifactStore;
  readonly metrics: WorkerMetrics;
  readonly wallRule: WallRule;
  readonly log: Logger;
}

/** The work by kind of run. */
export type Works = { readonly [K in Claim['work']['kind']]: Work<K> };

/** Takes dispatches from the queue, one per lane, and sees each claimed slice to an end that is written once. */
export class Lanes {
  private readonly held = new Map<LeaseHolder, Claim>();
  private readonly listener: Listener;
  private consumer: Consumer | null = null;
  private taking = true;
  private isLeaving = false;
  private isHandingBack = false;

  constructor(
    private readonly services: LaneServices,
    private readonly settings: LaneSettings,
    private readonly works: Works,
  ) {
    this.listener = services.database.listen(['quarry_cancel'], (_, runId) => {
      for (const [holder, claim] of this.held) if (claim.runId === runId) holder.check();
    });
    services.metrics.lanes.set(settings.lanes);
  }

  async start(): Promise<void> {
    this.consumer = await this.services.queue.consume(this.settings.lanes, (dispatch) => this.take(dispatch));
  }

  /** How many lanes are on a slice now. */
  get busy(): number {
    return this.held.size;
  }

  /** Whether free lanes take slices; those that are busy go on in any case. */
  async takeMore(wanted: boolean): Promise<void> {
    if (wanted === this.taking) return;
    this.taking = wanted;
    if (wanted) this.consumer?.resume();
    else await this.consumer?.pause();
  }

  /** Takes no more; lets the lanes finish for a while, then has them hand back what they hold. */
  async close(): Promise<void> {
    this.isLeaving = true;
    const patience = setTimeout(() => {
      this.isHandingBack = true;
      for (const holder of this.held.keys()) holder.breakOff('draining');
    }, this.settings.drainMs);
    await this.consumer?.drain();
    clearTimeout(patience);
    await this.listener.close();
  }

  private async take(dispatch: Dispatch): Promise<void> {
    const { database, metrics, wallRule, log } = this.services;
    const refusal = await wallRule.refusal();
    if (refusal !== null) {
      // The slice waits on, and is dispatched again for a worker that may.
      log.warn({ runId: dispatch.runId }, `this worker ${refusal}`);
      metrics.idleDispatches.inc();
      return;
    }
    const claim = await claimSlice(database, dispatch.sliceId, this.settings);
    if (!claim) {
      metrics.idleDispatches.inc();
      return;
    }
    await traced(claim.trace, () => this.follow(claim));
  }

  private async follow(claim: Claim): Promise<void> {
    const { metrics, log } = this.services;
    const { kind } = claim.work;
    const done = metrics.seconds.startTimer({ kind });
    metrics.busyLanes.inc();
    const ending = await this.attempt(claim).catch((error: unknown) => {
      log.error({ err: error, runId: claim.runId }, 'an attempt could not be ended');
      return 'given-up';
    });
    metrics.busyLanes.dec();
    metrics.ended.inc({ kind, ending });
    log.info({ runId: claim.runId, kind, attempt: claim.attempt, ending, seconds: done() }, 'attempt ended');
  }

  private async attempt(claim: Claim): Promise<string> {
    const { database, artifacts, log } = this.services;
    const holder = new LeaseHolder(database, claim, this.settings.leaseMs);
    const shelf = new ArtifactShelf(artifacts, claim);
    const reporter = new RunReporter(database, claim, (error) => {
      if (error instanceof LostClaim) holder.breakOff('lost');
      else log.warn({ err: error, runId: claim.runId }, 'a log chunk could not be written');
    });
    this.held.set(holder, claim);
    // A dispatch that was on its way here when the worker was asked to go.
    if (this.isHandingBack) holder.breakOff('draining');
    let directory: string | null = null;
    try {
      // Anew each time: somebody may have cleared the folder since this worker began.
      await mkdir(this.settings.directory, { recursive: true });
      directory = await mkdtemp(join(this.settings.directory, 'attempt-'));
      const hooks = {
        signal: holder.signal,
        onLog: reporter.log.bind(reporter),
        onProgress: reporter.progressed.bind(reporter),
        onTrial: reporter.tried.bind(reporter),
        onPath: reporter.pathEnded.bind(reporter),
      };
      const ending = await this.work({ claim, database, shelf, directory, hooks });
      await reporter.flush();
      holder.signal.throwIfAborted();
      await this.end(claim, ending);
      return 'failure' in ending && ending.failure ? 'failed' : 'succeeded';
    } catch (error) {
      await reporter.flush();
      return await this.broken(claim, holder, shelf, error);
    } finally {
      this.held.delete(holder);
      await holder.release();
      if (directory !== null) await this.clear(directory);
    }
  }

  private async clear(directory: string): Promise<void> {
    await rm(directory, { recursive: true, force: true }).catch((error: unknown) => {
      this.services.log.warn({ err: error }, "an attempt's folder could not be removed");
    });
  }

  private end(claim: Claim, ending: SliceEnding): Promise<void> {
    const { database } = this.services;
    if ('parts' in ending) return cutRun(database, claim, ending);
    if ('found' in ending) return finishPart(database, claim, ending);
    if ('again' in ending) return runPartsAgain(database, claim, ending.again);
    return finishRun(database, claim, ending);
  }

  private work(attempt: Attempt): Promise<SliceEnding> {
    const { work } = attempt.claim;
    switch (work.kind) {
      case 'backtest':
        return this.works.backtest(attempt, work);
      case 'sweep':
        return this.works.sweep(attempt, work);
      case 'walk-forward':
        return this.works['walk-forward'](attempt, work);
      case 'cross-validate':
        return this.works['cross-validate'](attempt, work);
      case 'monte-carlo':
        return this.works['monte-carlo'](attempt, work);
      case 'prove':
        return this.works.prove(attempt, work);
      case 'check':
        return this.works.check(attempt, work);
      case 'ingest':
        return this.works.ingest(attempt, work);
      case 'query':
        return this.works.query(attempt, work);
    }
  }

  /** An attempt that did not come to an ending: it leaves no artifact, and the slice to whoever may go on with it. */
  private async broken(claim: Claim, holder: LeaseHolder, shelf: ArtifactShelf, error: unknown): Promise<string> {
    const { database, log } = this.services;
    try {
      // A commit whose answer was lost on the way back has happened all the same.
      if (await endedWith(database, claim)) return 'ended';
      await shelf.takeBack();
      if (error instanceof LostClaim || holder.signal.reason === 'lost') return await this.lost(claim);
      if (holder.signal.reason === 'draining') {
        await handBack(database, claim);
        return 'handed-back';
      }
      if (isDiskFull(error) && claim.attempt < mostWaits) {
        log.error({ err: error, runId: claim.runId }, 'a disk is full: the slice waits for room');
        await waitForRoom(database, claim);
        return 'disk-full';
      }
      if (isOutOfReach(error) && claim.attempt < mostWaits) {
        log.warn({ err: error, runId: claim.runId }, 'a store is out of reach: the slice waits for it');
        await waitForStores(database, claim);
        return 'given-up';
      }
      log.error({ err: error, runId: claim.runId }, 'an attempt broke by a fault of ours');
      await letGo(database, claim);
      return 'given-up';
    } catch (late) {
      if (late instanceof LostClaim) return this.lost(claim);
      if (!isOutOfReach(late)) throw late;
      await this.pardon(claim);
      return 'given-up';
    }
  }

  private async lost(claim: Claim): Promise<string> {
    this.services.metrics.refusedWrites.inc();
    await this.pardon(claim);
    return 'lost';
  }

  /** Says that this worker outlived the attempt, as soon as the database can be told. */
  private async pardon(claim: Claim): Promise<void> {
    while (!this.isLeaving) {
      try {
        return await pardon(this.services.database, claim);
      } catch (error) {
        if (!isOutOfReach(error)) throw error;
        await pause(pardonEveryMs);
      }
    }
  }
}
