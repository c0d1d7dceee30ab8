import { Injectable } from '@angular/core';
import { ChartIndex, Dataset, Report, Run, Session, Strategy, StrategyVersion } from '@quarry/contracts';
import type { IngestOptions, RunRequest, SignIn, StrategySource } from '@quarry/contracts';
import { request } from './request';
import type { Contract } from './request';
import { upload } from './upload';

/** What a form sends: fields with a default may be left out. */
export type RunOrder = Omit<RunRequest, 'fresh'> & { readonly fresh?: boolean };

/** Quarry's HTTP interface. Every answer is parsed by its contract at this door. */
@Injectable({ providedIn: 'root' })
export class QuarryApi {
  session(): Promise<Session> {
    return this.get('/api/session', Session);
  }

  signIn(credentials: SignIn): Promise<Session> {
    return this.send('POST', '/api/session', credentials, Session);
  }

  async signOut(): Promise<void> {
    await request('DELETE', '/api/session');
  }

  strategies(): Promise<Strategy[]> {
    return this.list('/api/strategies', Strategy);
  }

  strategy(id: string): Promise<Strategy> {
    return this.get(`/api/strategies/${id}`, Strategy);
  }

  createStrategy(name: string, source: StrategySource): Promise<Strategy> {
    return this.send('POST', '/api/strategies', { name, source }, Strategy);
  }

  versions(strategyId: string): Promise<StrategyVersion[]> {
    return this.list(`/api/strategies/${strategyId}/versions`, StrategyVersion);
  }

  version(strategyId: string, hash: string): Promise<StrategyVersion> {
    return this.get(`/api/strategies/${strategyId}/versions/${hash}`, StrategyVersion);
  }

  saveVersion(strategyId: string, source: StrategySource): Promise<StrategyVersion> {
    return this.send('POST', `/api/strategies/${strategyId}/versions`, { source }, StrategyVersion);
  }

  datasets(): Promise<Dataset[]> {
    return this.list('/api/datasets', Dataset);
  }

  dataset(id: string): Promise<Dataset> {
    return this.get(`/api/datasets/${id}`, Dataset);
  }

  async uploadDataset(file: File, options: IngestOptions, onProgress: (done: number) => void): Promise<Dataset> {
    return Dataset.parse(await upload('/api/datasets', file, options, onProgress));
  }

  runs(strategyId: string, limit = 50): Promise<Run[]> {
    return this.list(`/api/runs?strategyId=${strategyId}&limit=${limit}`, Run);
  }

  run(id: string): Promise<Run> {
    return this.get(`/api/runs/${id}`, Run);
  }

  /** Under a key of its own, so that a request sent twice on its way starts one run. */
  async startRun(order: RunOrder): Promise<Run> {
    return Run.parse(await request('POST', '/api/runs', order, { 'idempotency-key': freshKey() }));
  }

  cancelRun(id: string): Promise<Run> {
    return this.send('POST', `/api/runs/${id}/cancel`, undefined, Run);
  }

  report(runId: string): Promise<Report> {
    return this.get(`/api/runs/${runId}/report`, Report);
  }

  chartIndex(runId: string): Promise<ChartIndex> {
    return this.get(artifactPath(runId, 'chart.json'), ChartIndex);
  }

  private async get<T>(path: string, contract: Contract<T>): Promise<T> {
    return contract.parse(await request('GET', path));
  }

  private async list<T>(path: string, contract: Contract<T>): Promise<T[]> {
    const items = await request('GET', path);
    if (!Array.isArray(items)) throw new Error(`${path} did not answer with a list.`);
    return items.map((item) => contract.parse(item));
  }

  private async send<T>(method: string, path: string, body: unknown, contract: Contract<T>): Promise<T> {
    return contract.parse(await request(method, path, body));
  }
}

/** Unlike `crypto.randomUUID`, also there on a page that came over plain HTTP. */
function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-');
}

export function artifactPath(runId: string, name: string): string {
  return `/api/runs/${runId}/artifacts/${encodeURIComponent(name)}`;
}
