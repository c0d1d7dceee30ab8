import { Module, type DynamicModule, type OnApplicationShutdown, type BeforeApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import { Dispatcher, type Database } from '@quarry/platform/database';
import type { RunQueue } from '@quarry/platform/queue';
import type { Logger } from 'pino';
import { DatasetsController } from './datasets/datasets.controller.js';
import { Datasets } from './datasets/datasets.js';
import { HealthController } from './health/health.controller.js';
import { Health } from './health/health.js';
import { contractPipe } from './http/contract.pipe.js';
import { ProblemFilter } from './http/problem.filter.js';
import { SessionGuard } from './http/session.guard.js';
import { RunArtifacts } from './runs/run-artifacts.js';
import { RunStreams } from './runs/run-streams.js';
import { RunsController } from './runs/runs.controller.js';
import { Runs } from './runs/runs.js';
import { Sessions } from './sessions/sessions.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SignInLimit } from './sessions/sign-in-limit.js';
import { StrategiesController } from './strategies/strategies.controller.js';
import { Strategies } from './strategies/strategies.js';

/** What the API stands on. It closes all of it, in order, when it ends. */
export interface Services {
  readonly database: Database;
  readonly queue: RunQueue;
  readonly artifacts: ArtifactStore;
  readonly log: Logger;
  readonly maxUploadBytes: number;
}

/** Ends what outlives single requests: streams first, so that the server can close; the pool last. */
class Closing implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly streams: RunStreams,
    private readonly dispatcher: Dispatcher,
    private readonly services: Services,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.streams.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dispatcher.close();
    await this.services.queue.close();
    await this.services.database.close();
  }
}

@Module({})
export class ApiModule {
  static over(services: Services): DynamicModule {
    const { database, queue, artifacts, log, maxUploadBytes } = services;
    const sessions = new Sessions(database, new SignInLimit(database));
    const streams = new RunStreams(database);
    const dispatcher = new Dispatcher(database, queue, {
      onError: (error) => {
        log.warn({ err: error }, 'a round of dispatching failed; the next one tries again');
      },
    });
    const health = new Health({
      database: () => database.ping(),
      queue: () => queue.ping(),
      artifacts: () => artifacts.ping(),
    });
    return {
      module: ApiModule,
      controllers: [SessionsController, StrategiesController, DatasetsController, RunsController, HealthController],
      providers: [
        { provide: Sessions, useValue: sessions },
        { provide: Strategies, useValue: new Strategies(database) },
        { provide: Datasets, useValue: new Datasets(database, artifacts, maxUploadBytes) },
        { provide: Runs, useValue: new Runs(database) },
        { provide: RunArtifacts, useValue: new RunArtifacts(database, artifacts) },
        { provide: RunStreams, useValue: streams },
        { provide: Health, useValue: health },
        { provide: Closing, useValue: new Closing(streams, dispatcher, services) },
        { provide: APP_GUARD, useValue: new SessionGuard(sessions) },
        { provide: APP_PIPE, useValue: contractPipe() },
        { provide: APP_FILTER, useValue: new ProblemFilter(log) },
      ],
    };
  }
}
