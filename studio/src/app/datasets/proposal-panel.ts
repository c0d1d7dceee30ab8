import { Component, computed, inject, input, linkedSignal, output, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import type { DatasetInfo, IngestAgain } from '@quarry/contracts';
import { artifactPath, QuarryApi } from '../api/quarry-api';
import { QualityReport } from '../workbench/quality-report';

const mappable = ['time', 'symbol', 'open', 'high', 'low', 'close', 'volume'] as const;

/** What ingest made of a file: how it was read, its first rows, its quality; to be accepted, corrected or dismissed. */
@Component({
  selector: 'q-proposal-panel',
  imports: [MatButton, MatFormField, MatInput, MatOption, MatSelect, QualityReport],
  templateUrl: './proposal-panel.html',
  styleUrl: './proposal-panel.scss',
})
export class ProposalPanel {
  private readonly api = inject(QuarryApi);
  readonly info = input.required<DatasetInfo>();
  readonly runId = input.required<string>();
  readonly busy = input(false);
  readonly accepted = output();
  readonly dismissed = output();
  readonly correct = output<IngestAgain['options']>();

  private readonly read = resource({
    params: () => this.runId(),
    loader: ({ params }) => this.api.fileReading(params),
  });
  protected readonly reading = computed(() => (this.read.hasValue() ? this.read.value() : null));
  protected readonly refusedFile = computed(() => artifactPath(this.runId(), 'refused.csv'));
  /** The file's columns by name, or by number where it has no header. */
  protected readonly titles = computed(() => {
    const reading = this.reading();
    const width = reading?.rows[0]?.length ?? 0;
    return reading?.header ?? Array.from({ length: width }, (_, k) => String(k + 1));
  });
  /** Our columns, with the file's column that each was read from. */
  protected readonly mapped = computed(() => {
    const columns = this.reading()?.columns ?? {};
    return mappable.map((name) => ({ name, place: columns[name] ?? null }));
  });
  private readonly chosen = linkedSignal<string, Partial<Record<string, string>>>({
    source: () => this.runId(),
    computation: () => ({}),
  });
  private readonly zone = linkedSignal(() => this.info().timezone);
  private readonly meaning = linkedSignal(() => this.info().stamp);

  protected choose(name: string, title: string): void {
    this.chosen.update((chosen) => ({ ...chosen, [name]: title }));
  }

  protected setZone({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.zone.set(target.value.trim());
  }

  protected setStamp(stamp: DatasetInfo['stamp']): void {
    this.meaning.set(stamp);
  }

  /** Only what differs from what was recognised is said. */
  protected readAgain(): void {
    const columns = Object.fromEntries(
      Object.entries(this.chosen()).filter((entry): entry is [string, string] => Boolean(entry[1])),
    );
    this.correct.emit({
      ...(Object.keys(columns).length > 0 ? { columns } : {}),
      ...(this.zone() === this.info().timezone || this.zone() === '' ? {} : { timezone: this.zone() }),
      ...(this.meaning() === this.info().stamp ? {} : { stamp: this.meaning() }),
    });
  }
}
