import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Wall } from '@quarry/contracts';
import { Dispatcher } from '@quarry/platform/database';
import { Lanes, type LaneServices, type LaneSettings } from './attempt/lanes.js';
import { WorkerMetrics } from './attempt/metrics.js';
import { WallRule } from './attempt/wall-rule.js';
import { HealthController, workerParts } from './health/health.controller.js';
import type { WorkerParts } from './health/worker-health.js';
import { Heartbeat, type WorkerIdentity } from './registry/heartbeat.js';
import { Sweeper, type SweepPlaces } from './sweep/sweeper.js';
import { backtestWork } from './work/backtest-work.js';
import { checkWork } from './work/check-work.js';
import { crossValidateWork } from './work/cross-validate-work.js';
import { DatasetFolders } from './work/dataset-folders.js';
import { ingestWork } from './work/ingest-work.js';
import { monteCarloWork } from './work/monte-carlo-work.js';
import { proveWork } from './work/prove-work.js';
import { sweepWork } from './work/sweep-work.js';
import { walkForwardWork } from './work/walk-forward-work.js';
import { queryWork } from './work/query-work.js';

export interface WorkerServices extends Omit<WorkerParts, 'wallRule'>, Omit<LaneServices, 'metrics' | 'wallRule'> {}

export interface WorkerSettings extends LaneSettings {
  /** This worker as the cluster lists it. */
  readonly identity: Pick<WorkerIdentity, 'id' | 'host' | 'pid' | 'version'>;
  /** Fetched dataset versions lie here. */
  readonly datasets: string;
  /** The weakest wall that was explicitly accepted; null where nothing was said. */
  readonly wallMin: Wall | null;
  readonly sweep: SweepPlaces;
}

/** Ends the worker in order: lanes, then what they stand on, the pool last. */
class Closing implements OnApplicationShutdown {
  constructor(
    private readonly lanes: Lanes,
    private readonly heartbeat: Heartbeat,
    private readonly dispatcher: Dispatcher,
    private readonly sweeper: Sweeper,
    private readonly services: WorkerServices,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.heartbeat.leave();
    await this.lanes.close();
    await this.heartbeat.close();
    await this.dispatcher.close();
    await this.sweeper.close();
    await this.services.runner.close();
    await this.services.queue.close();
    await this.services.database.close();
  }
}

@Module({})
export class WorkerModule {
  static over(services: WorkerServices, settings: WorkerSettings): DynamicModule {
    const { database, queue, artifacts, runner, log } = services;
    const metrics = new WorkerMetrics();
    const folders = new DatasetFolders(artifacts, settings.datasets);
    const wallRule = new WallRule(database, runner.wall, settings.wallMin);
    const sweeper = new Sweeper(services, settings.sweep);
    const lanes = new Lanes({ ...services, metrics, wallRule }, settings, {
      backtest: backtestWork(runner, artifacts, folders),
      check: checkWork(runner),
      ingest: ingestWork(runner, artifacts),
      sweep: sweepWork(runner, artifacts, folders),
      'walk-forward': walkForwardWork(runner, artifacts, folders),
      'cross-validate': crossValidateWork(runner, artifacts, folders),
      'monte-carlo': monteCarloWork(runner, artifacts, folders),
      prove: proveWork(runner, artifacts, folders),
      query: queryWork(runner, folders),
    });
    const heartbeat = new Heartbeat(
      { database, lanes, wallRule, log },
      {
        ...settings.identity,
        ...{ name: settings.worker, lanes: settings.lanes, wall: runner.wall, engineHash: runner.engineHash },
      },
    );
    const dispatcher = new Dispatcher(database, queue, {
      onError: (error) => {
        log.warn({ err: error }, 'a round of dispatching failed; the next one tries again');
      },
    });
    return {
      module: WorkerModule,
      controllers: [HealthController],
      providers: [
        { provide: WorkerMetrics, useValue: metrics },
        { provide: workerParts, useValue: { database, queue, artifacts, runner, wallRule } satisfies WorkerParts },
        { provide: Lanes, useValue: lanes },
        { provide: Heartbeat, useValue: heartbeat },
        { provide: Sweeper, useValue: sweeper },
        { provide: Closing, useValue: new Closing(lanes, heartbeat, dispatcher, sweeper, services) },
      ],
    };
  }
}
