import { Component, computed, input, output } from '@angular/core';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import type { ParamSpecs, ParamValues } from '@quarry/contracts';
import { fittingParams } from '../store/run-choices';

/** A field for each parameter that the strategy declares, with its range. */
@Component({
  selector: 'q-param-fields',
  imports: [MatFormField, MatInput, MatOption, MatSelect, MatSlideToggle],
  templateUrl: './param-fields.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 12px;
    }
    .none {
      grid-column: 1 / -1;
      font-size: 12.5px;
    }
    .outside {
      color: var(--loss);
    }
  `,
})
export class ParamFields {
  readonly specs = input.required<ParamSpecs>();
  readonly values = input.required<ParamValues>();
  readonly changed = output<ParamValues>();

  protected readonly fields = computed(() => {
    const values = fittingParams(this.specs(), this.values());
    return Object.entries(this.specs()).map(([name, spec]) => ({ name, spec, value: values[name] ?? spec.default }));
  });

  protected set(name: string, value: number | boolean | string): void {
    if (typeof value === 'number' && Number.isNaN(value)) return;
    this.changed.emit({ ...fittingParams(this.specs(), this.values()), [name]: value });
  }

  protected outside(value: number | boolean | string, { min, max }: { min: number; max: number }): boolean {
    return Number(value) < min || Number(value) > max;
  }
}
