import { Injectable } from '@angular/core';
import {
  AnyReport,
  ChartIndex,
  Dataset,
  DatasetShare,
  DatasetVersion,
  FileReading,
  Report,
  Run,
  Strategy,
  StrategyVersion,
} from '@quarry/contracts';
import type {
  IngestAgain,
  IngestUpload,
  RunKind,
  RunRequestInput,
  RunState,
  StrategySource,
  Upload,
} from '@quarry/contracts';
import { get, list, request, RequestRefused, send } from './request';
import { unfinishedUploads, upload } from './upload';

/** What a form sends: fields with a default may be left out. */
export type RunOrder = RunRequestInput;

/** Which of the team's runs are listed. */
export interface RunFilter {
  readonly kind: RunKind | null;
  readonly state: RunState | null;
  /** Only runs older than this one. */
  readonly before?: string | undefined;
}

/** Which of the team's datasets are listed: by words, and by days on which they have bars. */
export interface DatasetFilter {
  readonly search?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Quarry's HTTP interface. Every answer is parsed by its contract at this door. */
@Injectable({ providedIn: 'root' })
export class QuarryApi {
  strategies(): Promise<Strategy[]> {
    return list('/api/strategies', Strategy);
  }

  strategy(id: string): Promise<Strategy> {
    return get(`/api/strategies/${id}`, Strategy);
  }

  createStrategy(name: string, source: StrategySource): Promise<Strategy> {
    return send('POST', '/api/strategies', { name, source }, Strategy);
  }

  versions(strategyId: string): Promise<StrategyVersion[]> {
    return list(`/api/strategies/${strategyId}/versions`, StrategyVersion);
  }

  version(strategyId: string, hash: string): Promise<StrategyVersion> {
    return get(`/api/strategies/${strategyId}/versions/${hash}`, StrategyVersion);
  }

  saveVersion(strategyId: string, source: StrategySource): Promise<StrategyVersion> {
    return send('POST', `/api/strategies/${strategyId}/versions`, { source }, StrategyVersion);
  }

  datasets(filter: DatasetFilter = {}): Promise<Dataset[]> {
    return list(`/api/datasets?${new URLSearchParams({ ...filter })}`, Dataset);
  }

  dataset(id: string): Promise<Dataset> {
    return get(`/api/datasets/${id}`, Dataset);
  }

  unfinishedUploads(): Promise<Upload[]> {
    return unfinishedUploads();
  }

  async abandonUpload(id: string): Promise<void> {
    await request('DELETE', `/api/uploads/${id}`);
  }

  /** Uploads a file and has it read, as a proposal where it is not to be accepted at once. */
  async uploadDataset(file: File, order: IngestUpload, onProgress: (done: number) => void): Promise<Dataset> {
    try {
      const id = await upload(file, onProgress);
      return await send('POST', `/api/uploads/${id}/dataset`, order, Dataset);
    } catch (error) {
      if (!(error instanceof RequestRefused) || error.code !== 'not-found' || order.datasetId !== undefined)
        throw error;
      const words = `${file.name} was brought to its end, or abandoned, elsewhere: in another tab, or by a colleague. Look for it in the list.`;
      throw new RequestRefused(error.status, words, error.code);
    }
  }

  /** Has the dataset's last file read again, otherwise, as a proposal. */
  readAgain(id: string, options: IngestAgain['options']): Promise<Dataset> {
    return send('POST', `/api/datasets/${id}/ingest`, { options, accept: false }, Dataset);
  }

  datasetVersions(id: string): Promise<DatasetVersion[]> {
    return list(`/api/datasets/${id}/versions`, DatasetVersion);
  }

  async acceptVersion(id: string, hash: string): Promise<void> {
    await request('POST', `/api/datasets/${id}/versions/${hash}/accept`);
  }

  async deleteVersion(id: string, hash: string): Promise<void> {
    await request('DELETE', `/api/datasets/${id}/versions/${hash}`);
  }

  async deleteDataset(id: string): Promise<void> {
    await request('DELETE', `/api/datasets/${id}`);
  }

  /** The teams that may read it besides its own. */
  datasetShares(id: string): Promise<DatasetShare[]> {
    return list(`/api/datasets/${id}/shares`, DatasetShare);
  }

  async shareDataset(id: string, team: string): Promise<void> {
    await request('POST', `/api/datasets/${id}/shares`, { team });
  }

  async unshareDataset(id: string, teamId: string): Promise<void> {
    await request('DELETE', `/api/datasets/${id}/shares/${teamId}`);
  }

  fileReading(runId: string): Promise<FileReading> {
    return get(artifactPath(runId, 'reading.json'), FileReading);
  }

  runs(strategyId: string, limit = 50): Promise<Run[]> {
    return list(`/api/runs?strategyId=${strategyId}&limit=${limit}`, Run);
  }

  teamRuns({ kind, state, before }: RunFilter, limit: number): Promise<Run[]> {
    const query = new URLSearchParams({
      limit: String(limit),
      ...(kind && { kind }),
      ...(state && { state }),
      ...(before && { before }),
    });
    return list(`/api/runs?${query}`, Run);
  }

  run(id: string): Promise<Run> {
    return get(`/api/runs/${id}`, Run);
  }

  /** Under a key of its own, so that a request sent twice on its way starts one run. */
  async startRun(order: RunOrder): Promise<Run> {
    return Run.parse(await request('POST', '/api/runs', order, { 'idempotency-key': freshKey() }));
  }

  cancelRun(id: string): Promise<Run> {
    return send('POST', `/api/runs/${id}/cancel`, undefined, Run);
  }

  retryRun(id: string): Promise<Run> {
    return send('POST', `/api/runs/${id}/retry`, undefined, Run);
  }

  anyReport(runId: string): Promise<AnyReport> {
    return get(`/api/runs/${runId}/report`, AnyReport);
  }

  report(runId: string): Promise<Report> {
    return get(`/api/runs/${runId}/report`, Report);
  }

  chartIndex(runId: string): Promise<ChartIndex> {
    return get(artifactPath(runId, 'chart.json'), ChartIndex);
  }
}

/** Unlike `crypto.randomUUID`, also there on a page that came over plain HTTP. */
function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-');
}

export function artifactPath(runId: string, name: string): string {
  return `/api/runs/${runId}/artifacts/${encodeURIComponent(name)}`;
}
