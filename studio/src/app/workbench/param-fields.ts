import { Component, computed, input, output } from '@angular/core';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import type { ParamSpecs, ParamValues } from '@quarry/contracts';
import type { Flaws } from '../store/choice-flaws';
import { fittingParams } from '../store/run-choices';
import { shownFigure } from './flaw';

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
  readonly flaws = input.required<Flaws>();
  readonly changed = output<ParamValues>();

  protected readonly shown = shownFigure;
  protected readonly fields = computed(() => {
    const values = fittingParams(this.specs(), this.values());
    return Object.entries(this.specs()).map(([name, spec]) => ({ name, spec, value: values[name] ?? spec.default }));
  });

  protected set(name: string, value: number | boolean | string): void {
    this.changed.emit({ ...fittingParams(this.specs(), this.values()), [name]: value });
  }
}
