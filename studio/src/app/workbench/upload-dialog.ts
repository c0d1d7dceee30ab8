import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import type { Dataset, Failure, IngestOptions, StoredPrices } from '@quarry/contracts';
import { sentence } from '../api/request';
import { FailureCard } from '../report/failure-card';
import { DatasetShelf } from '../store/dataset-shelf';
import { Icon } from '../ui/icon';
import { ProgressLine, type ProgressSoFar } from '../ui/progress-line';
import { QualityReport } from './quality-report';

type Stamp = NonNullable<IngestOptions['stamp']>;
type DateOrder = NonNullable<IngestOptions['dateOrder']>;
type Typed = Partial<Record<'symbol' | 'interval' | 'timezone' | 'priceDivisor', string>>;

/** Uploads a file of bars, follows its reading, and shows what was found; closes with the dataset to use it. */
@Component({
  selector: 'q-upload-dialog',
  imports: [
    FailureCard,
    Icon,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    MatInput,
    MatOption,
    ProgressLine,
    MatSelect,
    QualityReport,
  ],
  templateUrl: './upload-dialog.html',
  styleUrl: './upload-dialog.scss',
})
export class UploadDialog {
  private readonly shelf = inject(DatasetShelf);
  private readonly dialog = inject<MatDialogRef<UploadDialog, Dataset>>(MatDialogRef);

  protected readonly file = signal<File | null>(null);
  protected readonly name = signal('');
  protected readonly stamp = signal<Stamp | 'auto'>('auto');
  protected readonly dateOrder = signal<DateOrder | 'auto'>('auto');
  protected readonly prices = signal<StoredPrices | 'auto'>('auto');
  private readonly typed = signal<Typed>({});
  protected readonly progress = signal<ProgressSoFar | null>(null);
  protected readonly dataset = signal<Dataset | null>(null);
  protected readonly refused = signal<Failure | null>(null);
  protected readonly problem = signal('');

  protected choose(files: FileList | null): void {
    const file = files?.[0];
    if (!file) return;
    this.file.set(file);
    this.name.set(file.name.replace(/(\.(csv|tsv|txt|parquet|gz|zip))+$/i, ''));
  }

  protected type(name: keyof Typed, { target }: Event): void {
    if (target instanceof HTMLInputElement) this.typed.update((typed) => ({ ...typed, [name]: target.value.trim() }));
  }

  protected async upload(event: Event): Promise<void> {
    event.preventDefault();
    const file = this.file();
    if (!file || !this.name()) return this.problem.set('Choose a file and give the dataset a name.');

    this.problem.set('');
    this.refused.set(null);
    this.progress.set({ phase: 'uploading', done: 0 });
    try {
      const order = { options: this.options(), accept: true };
      const end = await this.shelf.upload(file, order, (phase, done) => this.progress.set({ phase, done }));
      if ('dataset' in end) this.dataset.set(end.dataset);
      else if (end.refused) this.refused.set(end.refused);
      else this.problem.set('The file was not read: its run was cancelled.');
    } catch (error) {
      this.problem.set(sentence(error));
    } finally {
      this.progress.set(null);
    }
  }

  protected use(): void {
    this.dialog.close(this.dataset() ?? undefined);
  }

  /** Only what has been said: the rest is recognised from the file. */
  private options(): IngestOptions {
    const stamp = this.stamp();
    const dateOrder = this.dateOrder();
    const prices = this.prices();
    const { symbol, interval, timezone, priceDivisor } = this.typed();
    return {
      name: this.name(),
      ...(symbol ? { symbol } : {}),
      ...(interval ? { interval } : {}),
      ...(timezone ? { timezone } : {}),
      ...(stamp === 'auto' ? {} : { stamp }),
      ...(dateOrder === 'auto' ? {} : { dateOrder }),
      ...(prices === 'auto' ? {} : { prices }),
      ...(priceDivisor ? { priceDivisor: Number(priceDivisor) } : {}),
    };
  }
}
