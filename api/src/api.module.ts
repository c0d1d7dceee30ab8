import { Module, type DynamicModule, type OnApplicationShutdown, type BeforeApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import { Dispatcher, livingWorkers, type Database } from '@quarry/platform/database';
import type { RunQueue } from '@quarry/platform/queue';
import type { Logger } from 'pino';
import { Accounts } from './accounts/accounts.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { Credentials } from './accounts/credentials.js';
import { TwoStep } from './accounts/two-step.js';
import { AuditController } from './audit/audit.controller.js';
import { AuditLog } from './audit/audit-log.js';
import { Cluster } from './cluster/cluster.js';
import { ClusterController, MetricsController } from './cluster/cluster.controller.js';
import { DatasetsController } from './datasets/datasets.controller.js';
import { DatasetShares } from './datasets/dataset-shares.js';
import { DatasetVersions } from './datasets/dataset-versions.js';
import { Datasets } from './datasets/datasets.js';
import { Queries } from './datasets/queries.js';
import { Uploads } from './datasets/uploads.js';
import { UploadsController } from './datasets/uploads.controller.js';
import { HealthController } from './health/health.controller.js';
import { Health } from './health/health.js';
import { contractPipe } from './http/contract.pipe.js';
import { ProblemFilter } from './http/problem.filter.js';
import { SessionGuard } from './http/session.guard.js';
import { Envelope } from './keys/envelope.js';
import type { MasterKeys } from './keys/master-keys.js';
import { ProviderKeys } from './keys/provider-keys.js';
import { ProviderKeysController } from './keys/provider-keys.controller.js';
import type { Allowance } from './limits/allowance.js';
import { LimitsController } from './limits/limits.controller.js';
import { RequestLimit } from './limits/request-limit.js';
import { TeamLimits } from './limits/team-limits.js';
import { RetentionController } from './retention/retention.controller.js';
import { Retention } from './retention/retention.js';
import { RetentionRounds } from './retention/retention-rounds.js';
import { RunArtifacts } from './runs/run-artifacts.js';
import { RunStreams } from './runs/run-streams.js';
import { RunsController } from './runs/runs.controller.js';
import { Runs } from './runs/runs.js';
import { Sessions } from './sessions/sessions.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SignInLimit } from './sessions/sign-in-limit.js';
import { SignInLock } from './sessions/sign-in-lock.js';
import { StrategiesController } from './strategies/strategies.controller.js';
import { Strategies } from './strategies/strategies.js';
import { Invitations } from './teams/invitations.js';
import { InvitationsController } from './teams/invitations.controller.js';
import { TeamController } from './teams/team.controller.js';
import { Teams } from './teams/teams.js';
import { ApiTokens } from './tokens/api-tokens.js';
import { ApiTokensController } from './tokens/api-tokens.controller.js';
import { ScheduleClock } from './schedules/schedule-clock.js';
import { Schedules } from './schedules/schedules.js';
import { SchedulesController } from './schedules/schedules.controller.js';
import { Deliveries } from './webhooks/deliveries.js';
import { Webhooks } from './webhooks/webhooks.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** What the API stands on. It closes all of it, in order, when it ends. */
export interface Services {
  readonly database: Database;
  readonly queue: RunQueue;
  readonly artifacts: ArtifactStore;
  readonly log: Logger;
  readonly maxUploadBytes: number;
  /** What opens the secrets that are kept sealed. */
  readonly masterKeys: MasterKeys;
  /** Whether webhooks may lead to addresses within this network. */
  readonly webhooksMayBePrivate: boolean;
  /** What any team may use at most. */
  readonly allowance: Allowance;
  /** Whether somebody without an invitation may sign up. */
  readonly signUpIsOpen: boolean;
  /** Gives teams that are new what every team begins with. */
  readonly seedTeams: () => Promise<void>;
}

/** Rejects where no worker lives. */
async function anyWorker(database: Database): Promise<void> {
  if ((await database.asRelay(livingWorkers)) === 0) throw new Error('no worker is alive: runs wait');
}

/** Ends what outlives single requests: streams first, so that the server can close; the pool last. */
class Closing implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly streams: RunStreams,
    private readonly dispatcher: Dispatcher,
    private readonly deliveries: Deliveries,
    private readonly scheduleClock: ScheduleClock,
    private readonly retentionRounds: RetentionRounds,
    private readonly services: Services,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.streams.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dispatcher.close();
    await this.deliveries.close();
    await this.scheduleClock.close();
    await this.retentionRounds.close();
    await this.services.queue.close();
    await this.services.database.close();
  }
}

@Module({})
export class ApiModule {
  static over(services: Services): DynamicModule {
    const { database, queue, artifacts, log, maxUploadBytes, signUpIsOpen } = services;
    // A team without examples is a team all the same; the next start of the API tries again.
    const seedTeams = (): Promise<void> =>
      services.seedTeams().catch((error: unknown) => {
        log.error({ err: error }, 'a new team has no examples yet');
      });
    const limit = new SignInLimit(database);
    const lock = new SignInLock(database);
    const credentials = new Credentials(database, lock);
    const envelope = new Envelope(services.masterKeys);
    const twoStep = new TwoStep(database, credentials, envelope);
    const providerKeys = new ProviderKeys(database, envelope);
    const sessions = new Sessions(database, credentials, twoStep, limit, lock);
    const accounts = new Accounts(database, credentials, twoStep, limit, { signUpIsOpen, seedTeams });
    const tokens = new ApiTokens(database);
    const limits = new TeamLimits(database, services.allowance);
    const streams = new RunStreams(database);
    const dispatcher = new Dispatcher(database, queue, {
      onError: (error) => {
        log.warn({ err: error }, 'a round of dispatching failed; the next one tries again');
      },
    });
    const deliveries = new Deliveries(database, envelope, {
      mayBePrivate: services.webhooksMayBePrivate,
      onError: (error) => {
        log.warn({ err: error }, 'a round of webhooks failed; the next one tries again');
      },
    });
    const scheduleClock = new ScheduleClock(database, limits, (error) => {
      log.warn({ err: error }, 'a round of schedules failed; the next one tries again');
    });
    const retentionRounds = new RetentionRounds(database, (error) => {
      log.warn({ err: error }, 'a round of retention failed; the next one tries again');
    });
    const health = new Health(
      { database: () => database.ping(), queue: () => queue.ping(), artifacts: () => artifacts.ping() },
      { workers: () => anyWorker(database) },
    );
    return {
      module: ApiModule,
      controllers: [
        SessionsController,
        AccountsController,
        TeamController,
        InvitationsController,
        LimitsController,
        RetentionController,
        ProviderKeysController,
        WebhooksController,
        ApiTokensController,
        AuditController,
        StrategiesController,
        DatasetsController,
        UploadsController,
        RunsController,
        SchedulesController,
        ClusterController,
        MetricsController,
        HealthController,
      ],
      providers: [
        { provide: Sessions, useValue: sessions },
        { provide: Accounts, useValue: accounts },
        { provide: TwoStep, useValue: twoStep },
        { provide: Teams, useValue: new Teams(database, artifacts, seedTeams) },
        { provide: Invitations, useValue: new Invitations(database, credentials, limit) },
        { provide: TeamLimits, useValue: limits },
        { provide: Retention, useValue: new Retention(database) },
        { provide: ProviderKeys, useValue: providerKeys },
        { provide: Webhooks, useValue: new Webhooks(database, envelope, deliveries) },
        { provide: ApiTokens, useValue: tokens },
        { provide: AuditLog, useValue: new AuditLog(database) },
        { provide: Strategies, useValue: new Strategies(database) },
        { provide: Datasets, useValue: new Datasets(database, artifacts, limits, maxUploadBytes) },
        { provide: DatasetVersions, useValue: new DatasetVersions(database) },
        { provide: DatasetShares, useValue: new DatasetShares(database) },
        { provide: Queries, useValue: new Queries(database, limits) },
        { provide: Uploads, useValue: new Uploads(database, artifacts, limits, maxUploadBytes) },
        { provide: Runs, useValue: new Runs(database, limits) },
        { provide: Schedules, useValue: new Schedules(database) },
        { provide: RunArtifacts, useValue: new RunArtifacts(database, artifacts) },
        { provide: RunStreams, useValue: streams },
        { provide: Cluster, useValue: new Cluster(database) },
        { provide: Health, useValue: health },
        {
          provide: Closing,
          useValue: new Closing(streams, dispatcher, deliveries, scheduleClock, retentionRounds, services),
        },
        { provide: APP_GUARD, useValue: new SessionGuard(sessions, tokens, new RequestLimit(database, limits)) },
        { provide: APP_PIPE, useValue: contractPipe() },
        { provide: APP_FILTER, useValue: new ProblemFilter(log) },
      ],
    };
  }
}
