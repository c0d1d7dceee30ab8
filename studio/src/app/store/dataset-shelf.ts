import { Injectable, computed, inject, signal } from '@angular/core';
import type { Dataset, Failure, IngestUpload } from '@quarry/contracts';
import { QuarryApi } from '../api/quarry-api';
import { runEnd } from '../api/run-end';
import { SessionStore } from './session-store';

/** What became of an upload: the dataset with its quality report, or the reason why it was refused. */
export type IngestEnd = { readonly dataset: Dataset } | { readonly refused: Failure | null };

@Injectable({ providedIn: 'root' })
export class DatasetShelf {
  private readonly api = inject(QuarryApi);
  private readonly listed = signal<readonly Dataset[] | null>(null);
  /** Datasets whose file was refused: they will never hold bars. */
  private readonly refusedIds = signal<ReadonlySet<string>>(new Set());
  readonly datasets = computed(() => this.listed()?.filter(({ id }) => !this.refusedIds().has(id)) ?? null);

  constructor() {
    inject(SessionStore).whenForgotten(() => this.clear());
  }

  async load(): Promise<void> {
    const datasets = await this.api.datasets();
    this.listed.set(datasets);
    const refused = this.refusedIds();
    for (const dataset of datasets) {
      const isBeingRead = !dataset.info && dataset.lentBy === null && !refused.has(dataset.id);
      if (isBeingRead) void this.reloadAfter(dataset);
    }
  }

  clear(): void {
    this.listed.set(null);
    this.refusedIds.set(new Set());
  }

  /** Uploads a file and follows its ingest to the end. */
  async upload(file: File, order: IngestUpload, onProgress: (phase: string, done: number) => void): Promise<IngestEnd> {
    return this.follow(await this.api.uploadDataset(file, order, (done) => onProgress('uploading', done)), onProgress);
  }

  /** Follows the ingest that is under way. */
  async follow(dataset: Dataset, onProgress: (phase: string, done: number) => void): Promise<IngestEnd> {
    await runEnd(dataset.ingestRunId, (event) => {
      if (event.type === 'progress') onProgress(event.phase, event.done);
    });
    const run = await this.api.run(dataset.ingestRunId);
    if (run.state !== 'succeeded') return { refused: run.failure };
    await this.load();
    return { dataset: await this.api.dataset(dataset.id) };
  }

  private async reloadAfter({ id, ingestRunId }: Dataset): Promise<void> {
    await runEnd(ingestRunId);
    const { info } = await this.api.dataset(id);
    if (!info) this.refusedIds.update((ids) => new Set([...ids, id]));
    this.listed.set(await this.api.datasets());
  }
}
