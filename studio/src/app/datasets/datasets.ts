import { Component, computed, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { RouterLink } from '@angular/router';
import { fixed, type Dataset, type Failure } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { QuarryApi, type DatasetFilter } from '../api/quarry-api';
import { FailureCard } from '../report/failure-card';
import { DatasetShelf, type IngestEnd } from '../store/dataset-shelf';
import { Icon } from '../ui/icon';
import { ProgressLine, type ProgressSoFar } from '../ui/progress-line';
import { DatasetPanel } from './dataset-panel';

/** The team's datasets: a file is dropped here, judged, corrected and accepted; versions come and go. */
@Component({
  selector: 'q-datasets',
  imports: [DatasetPanel, FailureCard, Icon, MatButton, MatFormField, MatInput, ProgressLine, RouterLink],
  templateUrl: './datasets.html',
  styleUrls: ['../ui/page.scss', './datasets.scss'],
})
export class DatasetsPage {
  private readonly api = inject(QuarryApi);
  private readonly shelf = inject(DatasetShelf);

  private readonly filter = signal<DatasetFilter>({});
  protected readonly datasets = resource({
    params: () => this.filter(),
    loader: ({ params }) => this.api.datasets(params),
  });
  private readonly uploads = resource({ loader: () => this.api.unfinishedUploads() });
  protected readonly unfinished = computed(() => {
    const uploads = this.uploads.hasValue() && this.progress() === null ? this.uploads.value() : [];
    return uploads.map(({ id, fileName, bytes, received }) => ({
      id,
      fileName,
      share: `${fixed((100 * received) / bytes, 0)} %`,
    }));
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

  /** An empty field asks for nothing. */
  protected find(field: keyof DatasetFilter, { target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    const { [field]: _, ...others } = this.filter();
    const value = target.value.trim();
    this.filter.set(value === '' ? others : { ...others, [field]: value });
  }

  protected async abandon(id: string): Promise<void> {
    await this.change.at(() => this.api.abandonUpload(id));
    this.uploads.reload();
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
    const name = file.name.replace(/(\.(csv|tsv|txt|parquet|arrows?|feather|gz|zst|zip))+$/i, '').slice(0, 100);
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
    this.uploads.reload();
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
