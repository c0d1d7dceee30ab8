import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import type { BacktestSettings, Dataset, ParamSpecs } from '@quarry/contracts';
import type { Flaws } from '../store/choice-flaws';
import type { RunChoices } from '../store/run-choices';
import { Icon } from '../ui/icon';
import { CostFields } from './cost-fields';
import { DataFields } from './data-fields';
import { Flaw, shownFigure } from './flaw';
import { KindFields } from './kind-fields';
import { ParamFields } from './param-fields';
import { RiskFields } from './risk-fields';

const startWords = {
  backtest: 'Run backtest',
  sweep: 'Run sweep',
  'walk-forward': 'Run walk-forward',
  'cross-validate': 'Run cross-validation',
  'monte-carlo': 'Run Monte Carlo',
  prove: 'Run proof',
} satisfies Record<RunChoices['kind'], string>;

/** Everything that is chosen beside the code, and the buttons that start, end and repeat a run. */
@Component({
  selector: 'q-run-panel',
  imports: [
    CostFields,
    DataFields,
    Flaw,
    Icon,
    KindFields,
    MatButton,
    MatFormField,
    MatInput,
    MatOption,
    MatSelect,
    MatSlideToggle,
    ParamFields,
    RiskFields,
  ],
  templateUrl: './run-panel.html',
  styleUrl: './run-panel.scss',
})
export class RunPanel {
  readonly choices = input.required<RunChoices>();
  readonly datasets = input.required<readonly Dataset[] | null>();
  /** Parameters that the version declares; null while its check run has not ended. */
  readonly specs = input.required<ParamSpecs | null>();
  /** Whether the code in view has errors. */
  readonly faulty = input.required<boolean>();
  /** What is wrong with the choices, by field; a run waits until nothing is. */
  readonly flaws = input.required<Flaws>();
  readonly live = input.required<boolean>();
  readonly starting = input.required<boolean>();
  readonly repeatable = input.required<boolean>();
  readonly changed = output<RunChoices>();
  readonly run = output();
  readonly cancelled = output();
  readonly again = output();
  readonly upload = output();

  protected readonly startWords = startWords;
  protected readonly shown = shownFigure;
  protected readonly flawed = computed(() => Object.keys(this.flaws()).length > 0);
  protected readonly dataset = computed(
    () => this.datasets()?.find(({ id }) => id === this.choices().datasetId) ?? null,
  );

  protected change(change: Partial<RunChoices>): void {
    this.changed.emit({ ...this.choices(), ...change });
  }

  protected set(change: Partial<BacktestSettings>): void {
    this.change({ settings: { ...this.choices().settings, ...change } });
  }
}
