import { randomUUID } from 'node:crypto';
import type { Dataset, Run, Strategy, StrategySource, Upload } from '@quarry/contracts';
import { claimSlice, DatasetVersionEntity, finishRun, type Claim } from '@quarry/platform/database';
import type { Asked, Person, TestApi } from './test-api.js';

export const source: StrategySource = { entry: 'strategy.ts', files: { 'strategy.ts': 'export default 1;' } };

export async function json<T>(response: Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

export async function status(response: Promise<Response>): Promise<number> {
  const answered = await response;
  await answered.body?.cancel();
  return answered.status;
}

/** A signed-in person at work: what specs need to have before they can ask. Lanes are played by the database's own calls. */
export class Desk {
  constructor(
    private readonly api: TestApi,
    readonly person: Person,
  ) {}

  ask(method: string, path: string, asked: Asked = {}): Promise<Response> {
    return this.api.ask(method, path, { cookie: this.person.cookie, ...asked });
  }

  strategy(name = randomUUID()): Promise<Strategy> {
    return json<Strategy>(this.ask('POST', '/api/strategies', { body: { name, source } }));
  }

  upload(name: string, body = 'date,close\n2020-01-01,1\n', accept = 'true'): Promise<Response> {
    const query = new URLSearchParams({ name, fileName: 'prices.csv', accept });
    return this.ask('POST', `/api/datasets?${query}`, { body, headers: { 'content-type': 'text/csv' } });
  }

  beginUpload(bytes: number, fileName = 'prices.csv'): Promise<Upload> {
    return json<Upload>(this.ask('POST', '/api/uploads', { body: { fileName, bytes } }));
  }

  sendPiece({ id }: Upload, offset: number, body: string): Promise<Response> {
    const headers = { 'upload-offset': String(offset), 'content-type': 'application/octet-stream' };
    return this.ask('PATCH', `/api/uploads/${id}`, { body, headers });
  }

  /** Claims a run's slice as a lane would. */
  async claimOf(runId: string): Promise<Claim> {
    const [slice] = await this.api.worker.inTeam(this.person.team, (scope) =>
      scope.rows<{ id: string }>('SELECT id FROM slice WHERE run_id = $1', [runId]),
    );
    const claim = await claimSlice(this.api.worker, slice?.id ?? '', { worker: 'spec', leaseMs: 60_000 });
    if (!claim) throw new Error(`Run ${runId} cannot be claimed.`);
    return claim;
  }

  /** A dataset whose ingest run has succeeded. */
  async dataset(): Promise<Dataset> {
    const dataset = await json<Dataset>(this.upload(randomUUID()));
    const hash = 'd'.repeat(64);
    const version = {
      teamId: this.person.team,
      datasetId: dataset.id,
      hash,
      info: { version: hash } as never,
      files: [],
    };
    await finishRun(this.api.worker, await this.claimOf(dataset.ingestRunId), {
      failure: null,
      artifacts: [],
      record: async (scope) => {
        await scope.repository(DatasetVersionEntity).insert(version);
      },
    });
    return dataset;
  }

  async request(): Promise<{ kind: string; strategyVersion: string; datasetId: string }> {
    const [strategy, dataset] = await Promise.all([this.strategy(), this.dataset()]);
    return { kind: 'backtest', strategyVersion: strategy.latestVersion, datasetId: dataset.id };
  }

  async run(): Promise<Run> {
    return json<Run>(this.ask('POST', '/api/runs', { body: await this.request() }));
  }
}
