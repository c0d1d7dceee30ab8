import { Component, computed, input, output } from '@angular/core';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import type { BacktestSettings } from '@quarry/contracts';
import type { Flaws } from '../store/choice-flaws';
import { Flaw, shownFigure } from './flaw';
import { choiceOf, commissionChoices, slippageChoices } from './model-choices';
import { ModelFields } from './model-fields';

type Commission = BacktestSettings['commission'];

const commissions = {
  none: { kind: 'none' },
  fraction: { kind: 'fraction', rate: 0.0002 },
  'per-unit': { kind: 'per-unit', amount: 0.005, minimum: 1 },
  'per-order': { kind: 'per-order', amount: 1 },
} satisfies Partial<Record<Commission['kind'], Commission>>;

const perBasisPoint = 1e-4;

/** Commission, spread and slippage. Rates are typed in basis points of traded value; inside they are fractions. */
@Component({
  selector: 'q-cost-fields',
  imports: [ModelFields, Flaw, MatFormField, MatInput, MatOption, MatSelect],
  templateUrl: './cost-fields.html',
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
export class CostFields {
  readonly settings = input.required<BacktestSettings>();
  readonly flaws = input.required<Flaws>();
  readonly changed = output<BacktestSettings>();

  protected readonly shown = shownFigure;
  protected readonly commission = computed(() => this.settings().commission);
  protected readonly spread = computed(() => points(this.settings().spread));
  protected readonly slippage = computed(() => points(this.settings().slippage));
  protected readonly commissionRate = computed(() => points(this.commission()));

  protected readonly choices = { commission: commissionChoices, slippage: slippageChoices };
  /** Where one of the plainer models is chosen in the fields above, these stand at none of theirs. */
  protected readonly slips = computed(() => choiceOf(slippageChoices, this.settings().slippage) >= 0);
  protected readonly plainCommission = computed(() =>
    choiceOf(commissionChoices, this.commission()) >= 0 ? 'none' : this.commission().kind,
  );

  protected chooseCommission(kind: keyof typeof commissions): void {
    this.change({ commission: commissions[kind] });
  }

  protected chooseModel(change: {
    readonly commission?: Commission | undefined;
    readonly slippage?: BacktestSettings['slippage'] | undefined;
  }): void {
    const none = { kind: 'none' } as const;
    if ('commission' in change) this.change({ commission: change.commission ?? none });
    if ('slippage' in change) this.change({ slippage: change.slippage ?? none });
  }

  protected setCommission(commission: Commission): void {
    this.change({ commission });
  }

  protected setRate(name: 'commission' | 'spread' | 'slippage', basisPoints: number): void {
    const rate = fraction(basisPoints);
    this.change({ [name]: rate === 0 && name !== 'commission' ? { kind: 'none' } : { kind: 'fraction', rate } });
  }

  private change(change: Partial<BacktestSettings>): void {
    this.changed.emit({ ...this.settings(), ...change });
  }
}

/** 0.0002 -> 2, without the dust of binary fractions. */
function points(model: Commission | BacktestSettings['spread'] | BacktestSettings['slippage']): number {
  return 'rate' in model ? Number((model.rate / perBasisPoint).toPrecision(12)) : 0;
}

/** 2 -> 0.0002, the very number that the text `2bp` stands for. */
function fraction(basisPoints: number): number {
  return Number((basisPoints * perBasisPoint).toPrecision(12));
}
