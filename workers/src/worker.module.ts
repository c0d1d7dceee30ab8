import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Dispatcher } from '@quarry/platform/database';
import { Lanes, type LaneServices, type LaneSettings } from './attempt/lanes.js';
import { WorkerMetrics } from './attempt/metrics.js';
import { HealthController, workerParts } from './health/health.controller.js';
import type { WorkerParts } from './health/worker-health.js';
import { backtestWork } from './work/backtest-work.js';
import { checkWork } from './work/check-work.js';
import { DatasetFolders } from './work/dataset-folders.js';
import { ingestWork } from './work/ingest-work.js';

export interface WorkerServices extends WorkerParts, Omit<LaneServices, 'metrics'> {}

export interface WorkerSettings extends LaneSettings {
  /** Fetched dataset versions lie here. */
  readonly datasets: string;
}

/** Ends the worker in order: lanes, then what they stand on, the pool last. */
class Closing implements OnApplicationShutdown {
  constructor(
    private readonly lanes: Lanes,
    private readonly dispatcher: Dispatcher,
    private readonly services: WorkerServices,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.lanes.close();
    await this.dispatcher.close();
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
    const lanes = new Lanes({ ...services, metrics }, settings, {
      backtest: backtestWork(runner, artifacts, folders),
      check: checkWork(runner),
      ingest: ingestWork(runner, artifacts),
    });
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
        { provide: workerParts, useValue: { database, queue, artifacts, runner } satisfies WorkerParts },
        { provide: Lanes, useValue: lanes },
        { provide: Closing, useValue: new Closing(lanes, dispatcher, services) },
      ],
    };
  }
}
