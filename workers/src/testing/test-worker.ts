import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import {
  canonicalJson,
  RunRequest,
  type BacktestOptions,
  type Run,
  type RunState,
  type StrategySource,
  type Wall,
} from '@quarry/contracts';
import { openArtifactStore, type ArtifactStore } from '@quarry/platform/artifacts';
import {
  ArtifactEntity,
  cancelRun,
  Database,
  hasEnded,
  migrate,
  queueRun,
  roleUrl,
  RunEntity,
  runEventsAfter,
  seed,
  SliceAttemptEntity,
  type SeededCredentials,
  StrategyVersionEntity,
  type TeamScope,
} from '@quarry/platform/database';
import { startTemporaryPostgres, type EmbeddedPostgres } from '@quarry/platform/embedded';
import { migratePostgresQueue, openRunQueue, type RunQueue } from '@quarry/platform/queue';
import { createRunner } from '@quarry/runner';
import { pino } from 'pino';
import { startWorker } from '../worker.js';

export interface SliceRow {
  readonly index: number;
  readonly stage: 'begin' | 'part' | 'fold';
  readonly state: RunState;
  readonly attempt: number;
  readonly recoveries: number;
}

/** Throw-away services with the real queue, and what the API does with them, so that workers can be tried on real runs. */
export class TestCluster {
  private readonly workers = new Set<INestApplication>();
  private started = 0;

  private constructor(
    readonly server: EmbeddedPostgres,
    readonly credentials: SeededCredentials,
    /** As the API has it. */
    readonly database: Database,
    readonly team: string,
    readonly artifacts: ArtifactStore,
    readonly folder: string,
    private readonly redisUrl: string | null,
  ) {}

  static async start(redisUrl: string | null = null): Promise<TestCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'quarry-worker-'));
    const server = await startTemporaryPostgres();
    await migrate(server.ownerUrl, server.passwords);
    await migratePostgresQueue(server.ownerUrl, ['quarry_app', 'quarry_worker']);
    const credentials = await seed(server.ownerUrl);
    if (!credentials) throw new Error('A new database has had a user already.');
    const url = roleUrl(server.ownerUrl, 'quarry_app', server.passwords.app);
    const database = await Database.connect(url, { applicationName: 'api' });
    const [team] = await database.asRelay((rows) => rows<{ id: string }>('SELECT id FROM team'));
    const artifacts = openArtifactStore({ kind: 'folder', directory: join(folder, 'artifacts') });
    return new TestCluster(server, credentials, database, team?.id ?? '', artifacts, folder, redisUrl);
  }

  get workerUrl(): string {
    return roleUrl(this.server.ownerUrl, 'quarry_worker', this.server.passwords.worker);
  }

  queue(): RunQueue {
    return openRunQueue(
      { redisUrl: this.redisUrl, databaseUrl: this.workerUrl, lockMs: 2_000, stalledMs: 1_000 },
      () => undefined,
    );
  }

  /** A worker in this process, with the real runner. */
  async worker(wallMs = 60_000, walls: { wallMax?: Wall; wallMin?: Wall | null } = {}): Promise<INestApplication> {
    const app = await startWorker(
      {
        database: await Database.connect(this.workerUrl, { applicationName: 'worker' }),
        queue: this.queue(),
        artifacts: this.artifacts,
        runner: await createRunner({
          directory: join(this.folder, 'runner'),
          limits: { wallMs, memoryMb: 256, resultBytes: 8_388_608 },
          wallMin: 'none',
          wallMax: walls.wallMax ?? 'full',
        }),
        log: pino({ level: 'silent' }),
      },
      {
        lanes: 2,
        leaseMs: 3_000,
        worker: `spec ${(this.started += 1)}`,
        identity: { id: randomUUID(), host: 'spec', pid: process.pid, version: 'spec' },
        directory: join(this.folder, 'attempts'),
        datasets: join(this.folder, 'datasets'),
        drainMs: 200,
        wallMin: walls.wallMin === undefined ? 'none' : walls.wallMin,
        sweep: {
          attempts: join(this.folder, 'attempts'),
          columns: join(this.folder, 'runner', 'columns'),
          columnsMaxBytes: null,
        },
      },
    );
    await app.listen(0, '127.0.0.1');
    this.workers.add(app);
    return app;
  }

  async close(worker: INestApplication): Promise<void> {
    this.workers.delete(worker);
    await worker.close();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => this.close(worker)));
    await this.database.close();
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A strategy of one file; answers its version. */
  strategy(text: string): Promise<{ strategyId: string; version: string; checkRunId: string }> {
    return this.strategyOf({ entry: 'strategy.ts', files: { 'strategy.ts': text } });
  }

  async strategyOf(source: StrategySource): Promise<{ strategyId: string; version: string; checkRunId: string }> {
    const version = createHash('sha256').update(canonicalJson(source)).digest('hex');
    const checkRunId = randomUUID();
    return this.database.inTeam(this.team, async (scope) => {
      const [made] = await scope.rows<{ id: string }>(
        'INSERT INTO strategy (team_id, name, latest_version) VALUES ($1, $2, $3) RETURNING id',
        [this.team, randomUUID(), version],
      );
      const strategyId = made?.id ?? '';
      await scope
        .repository(StrategyVersionEntity)
        .insert({ teamId: this.team, strategyId, hash: version, number: 1, source, checkRunId });
      await queueRun(scope, {
        id: checkRunId,
        work: { kind: 'check', strategyVersion: version },
        createdBy: null,
        strategyId,
      });
      return { strategyId, version, checkRunId };
    });
  }

  /** A dataset that Quarry brings; answers it once its ingest run has succeeded. */
  async dataset(name: 'sp500' | 'minutes'): Promise<{ datasetId: string; version: string }> {
    const runId = randomUUID();
    const datasetId = await this.database.inTeam(this.team, async (scope) => {
      const [made] = await scope.rows<{ id: string }>(
        'INSERT INTO dataset (team_id, name, ingest_run_id) VALUES ($1, $2, $3) RETURNING id',
        [this.team, `${name} ${runId}`, runId],
      );
      const id = made?.id ?? '';
      const work = { kind: 'ingest', datasetId: id, input: { from: 'builtin', name }, options: { name } } as const;
      await queueRun(scope, { id: runId, work, createdBy: null, datasetId: id });
      return id;
    });
    const run = await this.ended(runId);
    if (run.state !== 'succeeded')
      throw new Error(`${name} could not be ingested: ${run.failure?.message ?? run.state}`);
    const [version] = await this.database.inTeam(this.team, (scope) =>
      scope.rows<{ hash: string }>('SELECT hash FROM dataset_version WHERE dataset_id = $1', [datasetId]),
    );
    return { datasetId, version: version?.hash ?? '' };
  }

  /** One transaction on the team's rows, with what workers may do. */
  async asWorker<T>(work: (scope: TeamScope) => Promise<T>): Promise<T> {
    const database = await Database.connect(this.workerUrl, { applicationName: 'spec', poolSize: 1 });
    try {
      return await database.inTeam(this.team, work);
    } finally {
      await database.close();
    }
  }

  /** Deletes a dataset version, and its bytes everywhere, as the sweep does once no run needs them. */
  async loseVersion({ datasetId, version }: { datasetId: string; version: string }): Promise<void> {
    const [row] = await this.database.inTeam(this.team, (scope) =>
      scope.rows<{ files: { key: string }[] }>(
        'UPDATE dataset_version SET deleted_at = now() WHERE dataset_id = $1 AND hash = $2 RETURNING files',
        [datasetId, version],
      ),
    );
    await Promise.all((row?.files ?? []).map(({ key }) => this.artifacts.remove(key)));
    await rm(join(this.folder, 'datasets', this.team, version), { recursive: true, force: true });
  }

  backtest(
    strategy: { strategyId: string; version: string },
    dataset: { datasetId: string; version: string },
    options: Partial<BacktestOptions> = {},
    fresh = false,
  ): Promise<string> {
    return this.submit(strategy, dataset, { kind: 'backtest', options, fresh });
  }

  /** Queues a run as the API does with a request. */
  async submit(
    strategy: { strategyId: string; version: string },
    { datasetId, version }: { datasetId: string; version: string },
    asked: { readonly kind: RunRequest['kind'] } & Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const { strategyId } = strategy;
    const { fresh, priority, deadline, ...work } = RunRequest.parse({
      ...asked,
      strategyVersion: strategy.version,
      strategyId,
      datasetId,
    });
    const run = {
      work,
      createdBy: null,
      strategyId,
      datasetId,
      datasetVersion: version,
      fresh,
      priority,
      ...(deadline && { deadline }),
    };
    return (await this.database.inTeam(this.team, (scope) => queueRun(scope, run))) ?? '';
  }

  /** As a person does. */
  async cancel(id: string): Promise<void> {
    await this.database.inTeam(this.team, (scope) => cancelRun(scope, id));
  }

  run(id: string): Promise<RunEntity> {
    return this.database.inTeam(this.team, (scope) => scope.repository(RunEntity).findOneByOrFail({ id }));
  }

  async reaches(id: string, condition: (run: RunEntity) => boolean, patienceMs = 60_000): Promise<RunEntity> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const run = await this.run(id);
      if (condition(run)) return run;
      if (performance.now() > until) throw new Error(`Run ${id} is still ${run.state} after ${patienceMs} ms.`);
      await pause(20);
    }
  }

  ended(id: string, patienceMs?: number): Promise<RunEntity> {
    return this.reaches(id, (run) => hasEnded(run.state), patienceMs);
  }

  /** How many runs have not ended. */
  async openRuns(): Promise<number> {
    const [row] = await this.database.inTeam(this.team, (scope) =>
      scope.rows<{ open: number }>('SELECT count(*)::int AS open FROM run WHERE finished_at IS NULL'),
    );
    return row?.open ?? 0;
  }

  slices(id: string): Promise<SliceRow[]> {
    return this.database.inTeam(this.team, (scope) =>
      scope.rows<SliceRow>(
        'SELECT index, stage, state, attempt, recoveries FROM slice WHERE run_id = $1 ORDER BY index',
        [id],
      ),
    );
  }

  async slicesReach(id: string, condition: (slices: readonly SliceRow[]) => boolean): Promise<void> {
    const until = performance.now() + 60_000;
    while (!condition(await this.slices(id))) {
      if (performance.now() > until) throw new Error(`The slices of run ${id} do not get there.`);
      await pause(20);
    }
  }

  async events(id: string): Promise<{ states: RunState[]; log: string[] }> {
    const events = await this.database.inTeam(this.team, (scope) => runEventsAfter(scope, id, 0, 100_000));
    return {
      states: events.flatMap(({ body }) => (body.type === 'state' ? [body.state] : [])),
      log: events.flatMap(({ body }) => (body.type === 'log' ? body.lines.map((line) => line.text) : [])),
    };
  }

  async eventNumbers(id: string): Promise<number[]> {
    const events = await this.database.inTeam(this.team, (scope) => runEventsAfter(scope, id, 0, 100_000));
    return events.map(({ sequence }) => sequence);
  }

  attempts(id: string): Promise<SliceAttemptEntity[]> {
    return this.database.inTeam(this.team, (scope) =>
      scope
        .repository(SliceAttemptEntity)
        .createQueryBuilder('attempt')
        .innerJoin('slice', 'slice', 'slice.id = attempt.slice_id')
        .where('slice.run_id = :id', { id })
        .orderBy('attempt.attempt')
        .getMany(),
    );
  }

  async artifactsOf(id: string): Promise<Run['artifacts']> {
    const rows = await this.database.inTeam(this.team, (scope) =>
      scope.repository(ArtifactEntity).findBy({ runId: id }),
    );
    return rows
      .map(({ name, bytes, contentType }) => ({ name, bytes, contentType }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The bytes of an artifact. */
  async artifact(id: string, name: string): Promise<Buffer> {
    const [row] = await this.database.inTeam(this.team, (scope) =>
      scope.rows<{ key: string }>('SELECT key FROM artifact WHERE run_id = $1 AND name = $2', [id, name]),
    );
    const stored = await this.artifacts.read(row?.key ?? '');
    if (!stored) throw new Error(`Run ${id} has no ${name}.`);
    return Buffer.concat((await stored.body.toArray()) as Buffer[]);
  }

  /** Bytes that lie in the store for this run, whoever put them. */
  async shelved(id: string): Promise<number> {
    return (await this.artifacts.list(`teams/${this.team}/runs/${id}/`)).length;
  }
}
