import { Component, computed, input } from '@angular/core';
import { equityChart } from '@quarry/contracts';
import type { Report } from '@quarry/contracts';
import { Chart } from '../ui/chart';

@Component({
  selector: 'q-equity-panel',
  imports: [Chart],
  template: `<q-chart label="Equity with drawdown beneath" [options]="options()" />`,
  styles: `
    :host {
      display: block;
      min-height: 260px;
    }
  `,
})
export class EquityPanel {
  readonly curve = input.required<Report['curve']>();
  protected readonly options = computed(() => equityChart(this.curve()));
}
