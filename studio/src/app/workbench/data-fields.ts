import { Component, computed, input, output } from '@angular/core';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { moment } from '@quarry/contracts';
import type { Dataset } from '@quarry/contracts';
import type { Flaws } from '../store/choice-flaws';
import { onSeries } from '../store/run-choices';
import type { RunChoices } from '../store/run-choices';
import { Icon } from '../ui/icon';
import { Flaw } from './flaw';

/** Which bars a run reads: dataset, symbols, interval, and from when to when. */
@Component({
  selector: 'q-data-fields',
  imports: [Flaw, Icon, MatFormField, MatInput, MatOption, MatSelect],
  templateUrl: './data-fields.html',
  styleUrl: './data-fields.scss',
})
export class DataFields {
  readonly choices = input.required<RunChoices>();
  readonly datasets = input.required<readonly Dataset[] | null>();
  /** The one that is chosen. */
  readonly dataset = input.required<Dataset | null>();
  readonly flaws = input.required<Flaws>();
  readonly changed = output<Partial<RunChoices>>();
  readonly upload = output();

  protected readonly series = computed(() => this.dataset()?.info?.series ?? []);
  protected readonly symbols = computed(() => [...new Set(this.series().map(({ symbol }) => symbol))]);
  protected readonly intervals = computed(() => [
    ...new Set(
      this.series()
        .filter(({ symbol }) => symbol === this.picked().symbols[0])
        .map(({ interval }) => interval),
    ),
  ]);
  /** What a run would read now. */
  protected readonly picked = computed(() => onSeries(this.choices(), this.series()));
  protected readonly chosen = computed(() => {
    const { symbols, interval } = this.picked();
    return this.series().find((one) => one.symbol === symbols[0] && one.interval === interval) ?? null;
  });
  protected readonly extent = computed(() => {
    const series = this.chosen();
    return (
      series &&
      `${day(series.from)} to ${day(series.to)}, ${series.rows.toLocaleString('en-US')} ${series.rows === 1 ? 'bar' : 'bars'}`
    );
  });
  protected readonly first = computed(() => day(this.chosen()?.from ?? NaN));
  protected readonly last = computed(() => day(this.chosen()?.to ?? NaN));
}

function day(microseconds: number): string {
  return moment(microseconds).slice(0, 10);
}
