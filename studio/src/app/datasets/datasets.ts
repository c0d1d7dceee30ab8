import { Component, computed, inject, resource, signal } from '@angular/core';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { RouterLink } from '@angular/router';
import type { Dataset, Failure } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { QuarryApi } from '../api/quarry-api';
import { FailureCard } from '../report/failure-card';
import { DatasetShelf, type IngestEnd } from '../store/dataset-shelf';
import { Icon } from '../ui/icon';
import { ProgressLine, type ProgressSoFar } from '../ui/progress-line';
import { DatasetPanel } from './dataset-panel';

/** The team's datasets: a file is dropped here, judged, corrected and accepted; versions come and go. */
@Component({
  selector: 'q-datasets',
  imports: [DatasetPanel, FailureCard, Icon, MatFormField, MatInput, ProgressLine, RouterLink],
  templateUrl: './datasets.html',
  styleUrls: ['../ui/page.scss', './datasets.scss'],
})
export class DatasetsPage {
  private readonly api = inject(QuarryApi);
  private readonly shelf = inject(DatasetShelf);

  protected readonly search = signal('');
  protected readonly datasets = resource({
    params: () => this.search(),
    loader: ({ params }) => this.api.datasets(params),
  });
  private readonly selectedId = signal<string | null>(null);
  protected readonly selected = computed(() => {
    const id = this.selectedId();
    return this.datasets.hasValue() ? (this.datasets.value().find((dataset) => dataset.id === id) ?? null) : null;
  });
  protected readonly over = signal(false);
  protected readonly change = new Attempt();
  protected readonly progress = signal<ProgressSoFar | null>(null);
  protected readonly refused = signal<Failure | null>(null);

  protected pick({ id }: Dataset): void {
    this.refused.set(null);
    this.selectedId.set(id);
  }

  protected find({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.search.set(target.value.trim());
  }

  protected drag(event: DragEvent, over: boolean): void {
    event.preventDefault();
    this.over.set(over);
  }

  protected drop(event: DragEvent): void {
    this.drag(event, false);
    void this.bring(event.dataTransfer?.files ?? null);
  }

  /** A file on no dataset becomes a new one; on the one that is shown, a new version of it. */
  protected async bring(files: FileList | null, into: Dataset | null = null): Promise<void> {
    const file = files?.[0];
    if (!file) return;
    const name = file.name.replace(/(\.(csv|tsv|txt|parquet|gz|zip))+$/i, '').slice(0, 100);
    const order = { options: { name }, accept: false, ...(into ? { datasetId: into.id } : {}) };
    await this.follow(() => this.shelf.upload(file, order, (phase, done) => this.progress.set({ phase, done })));
  }

  protected async readAgain(dataset: Dataset, options: Parameters<QuarryApi['readAgain']>[1]): Promise<void> {
    await this.follow(async () =>
      this.shelf.follow(await this.api.readAgain(dataset.id, options), (phase, done) =>
        this.progress.set({ phase, done }),
      ),
    );
  }

  protected async remove(dataset: Dataset): Promise<void> {
    await this.change.at(() => this.api.deleteDataset(dataset.id));
    this.changed();
  }

  protected changed(): void {
    this.datasets.reload();
    void this.shelf.load();
  }

  private async follow(ingest: () => Promise<IngestEnd>): Promise<void> {
    this.refused.set(null);
    await this.change.at(async () => {
      const end = await ingest();
      if ('dataset' in end) this.selectedId.set(end.dataset.id);
      else this.refused.set(end.refused);
    });
    this.progress.set(null);
    this.changed();
  }
}
