import { Component, computed, input, output } from '@angular/core';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { monteCarloMethods, type ParamSpecs } from '@quarry/contracts';
import type { Flaws } from '../store/choice-flaws';
import { isSearched, methodsOf, objectivesOf, searches } from '../store/run-choices';
import type { RunChoices } from '../store/run-choices';
import { Flaw, shownFigure } from './flaw';

const kinds = [
  { value: 'backtest', text: 'Backtest' },
  { value: 'sweep', text: 'Sweep of parameters' },
  { value: 'walk-forward', text: 'Walk-forward' },
  { value: 'cross-validate', text: 'Cross-validation' },
  { value: 'monte-carlo', text: 'Monte Carlo' },
  { value: 'prove', text: 'Proof of no look-ahead' },
] as const;

/** Whether the strategy is run once, searched, simulated or proved, and how. */
@Component({
  selector: 'q-kind-fields',
  imports: [Flaw, MatFormField, MatInput, MatOption, MatSelect],
  templateUrl: './kind-fields.html',
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    .pair {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 12px;
      align-items: start;
    }
  `,
})
export class KindFields {
  readonly choices = input.required<RunChoices>();
  readonly specs = input.required<ParamSpecs | null>();
  readonly flaws = input.required<Flaws>();
  readonly changed = output<Partial<RunChoices>>();

  protected readonly kinds = kinds;
  protected readonly isSearch = computed(() => searches(this.choices().kind));
  protected readonly methods = computed(() => methodsOf(this.choices().kind));
  protected readonly objectives = computed(() => objectivesOf(this.choices().kind));
  protected readonly simulations = monteCarloMethods;
  protected readonly shown = shownFigure;
  /** `fast 2 to 100, slow 5 to 400` */
  protected readonly searched = computed(() =>
    Object.entries(this.specs() ?? {})
      .filter(([, spec]) => isSearched(spec))
      .map(([name, spec]) => ('min' in spec ? `${name} ${spec.min} to ${spec.max}` : name))
      .join(', '),
  );

  protected search(change: Partial<RunChoices['search']>): void {
    this.changed.emit({ search: { ...this.choices().search, ...change } });
  }

  protected validation(change: Partial<RunChoices['validation']>): void {
    this.changed.emit({ validation: { ...this.choices().validation, ...change } });
  }

  protected simulation(change: Partial<RunChoices['simulation']>): void {
    this.changed.emit({ simulation: { ...this.choices().simulation, ...change } });
  }
}
