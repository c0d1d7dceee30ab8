import { Component, computed, input, output } from '@angular/core';
import type { BacktestSettings } from '@quarry/contracts';
import type { Flaws } from '../store/choice-flaws';
import { Flaw } from './flaw';
import {
  borrowChoices,
  fundingChoices,
  interestChoices,
  marginChoices,
  riskChoices,
  type RiskRule,
} from './model-choices';
import { ModelFields } from './model-fields';

/** What holding costs, margin, and the checks before each order. */
@Component({
  selector: 'q-risk-fields',
  imports: [Flaw, ModelFields],
  template: `
    <q-model-fields
      name="borrow"
      label="Borrow fee"
      [choices]="choices.borrow"
      [value]="settings().borrow"
      [flawed]="flaws()['borrow'] !== undefined"
      (changed)="change({ borrow: $event })"
    />
    <q-model-fields
      name="interest"
      label="Interest"
      [choices]="choices.interest"
      [value]="settings().interest"
      [flawed]="flaws()['interest'] !== undefined"
      (changed)="change({ interest: $event })"
    />
    <q-model-fields
      name="funding"
      label="Funding"
      [choices]="choices.funding"
      [value]="settings().funding"
      [flawed]="flaws()['funding'] !== undefined"
      (changed)="change({ funding: $event })"
    />
    <q-model-fields
      name="margin"
      label="Margin"
      none="By leverage"
      [choices]="choices.margin"
      [value]="settings().margin"
      [flawed]="flaws()['margin'] !== undefined"
      (changed)="change({ margin: $event })"
    />
    @for (rule of rules(); track $index) {
      <q-model-fields
        [name]="'risk-' + $index"
        label="Risk rule"
        none="Remove"
        [choices]="choices.risk"
        [value]="rule"
        [flawed]="flaws()['risk'] !== undefined"
        (changed)="setRule($index, $event)"
      />
    }
    @if (rules().length < 20) {
      <q-model-fields
        name="risk-new"
        label="Add a risk rule"
        [choices]="choices.risk"
        [value]="undefined"
        (changed)="setRule(rules().length, $event)"
      />
    }
    @for (name of named; track name) {
      <q-flaw [id]="name + '-flaw'" [text]="flaws()[name]" />
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 12px;
    }
    q-flaw {
      grid-column: 1 / -1;
    }
  `,
})
export class RiskFields {
  readonly settings = input.required<BacktestSettings>();
  readonly flaws = input.required<Flaws>();
  readonly changed = output<BacktestSettings>();

  protected readonly choices = {
    borrow: borrowChoices,
    interest: interestChoices,
    funding: fundingChoices,
    margin: marginChoices,
    risk: riskChoices,
  };
  protected readonly named = ['borrow', 'interest', 'funding', 'margin', 'risk'] as const;
  protected readonly rules = computed(() => this.settings().risk ?? []);

  protected change(change: Partial<BacktestSettings>): void {
    this.changed.emit({ ...this.settings(), ...change });
  }

  /** Puts a rule in its place; none takes it out. */
  protected setRule(at: number, rule: RiskRule | undefined): void {
    const rules = this.rules().toSpliced(at, 1, ...(rule === undefined ? [] : [rule]));
    this.change({ risk: rules.length > 0 ? rules : undefined });
  }
}
