import { Injectable, inject, signal } from '@angular/core';
import type { Dataset, Failure, IngestOptions } from '@quarry/contracts';
import { QuarryApi } from '../api/quarry-api';
import { runEnd } from '../api/run-end';

/** What became of an upload: the dataset with its quality report, or the reason why it was refused. */
export type IngestEnd = { readonly dataset: Dataset } | { readonly refused: Failure | null };

@Injectable({ providedIn: 'root' })
export class DatasetShelf {
  private readonly api = inject(QuarryApi);
  readonly datasets = signal<readonly Dataset[] | null>(null);

  async load(): Promise<void> {
    const datasets = await this.api.datasets();
    this.datasets.set(datasets);
    for (const { info, ingestRunId } of datasets) if (!info) void this.reloadAfter(ingestRunId);
  }

  /** Uploads a file and follows its ingest to the end. */
  async upload(
    file: File,
    options: IngestOptions,
    onProgress: (phase: string, done: number) => void,
  ): Promise<IngestEnd> {
    const dataset = await this.api.uploadDataset(file, options, (done) => onProgress('uploading', done));
    await runEnd(dataset.ingestRunId, (event) => {
      if (event.type === 'progress') onProgress(event.phase, event.done);
    });
    const run = await this.api.run(dataset.ingestRunId);
    if (run.state !== 'succeeded') return { refused: run.failure };
    await this.load();
    return { dataset: await this.api.dataset(dataset.id) };
  }

  private async reloadAfter(ingestRunId: string): Promise<void> {
    await runEnd(ingestRunId);
    this.datasets.set(await this.api.datasets());
  }
}
