import { Component, computed, input } from '@angular/core';
import { bandOptions, dressed, pathBands, type PathPoint } from '@quarry/contracts';
import { Chart } from '../ui/chart';

/** The fan of a Monte Carlo, filling as paths end. */
@Component({
  selector: 'q-monte-carlo-progress',
  imports: [Chart],
  template: `
    @if (options(); as options) {
      <h2>Where the account goes, from 1: {{ paths().length }} paths so far</h2>
      <q-chart label="Quantiles of the account over time, so far" [options]="options" />
    } @else {
      <p class="muted">The report appears here when the run has ended.</p>
    }
  `,
  styles: `
    q-chart {
      height: 420px;
    }
  `,
})
export class MonteCarloProgress {
  readonly paths = input.required<readonly PathPoint[]>();
  readonly steps = input.required<readonly number[]>();
  protected readonly options = computed(() => {
    const bands = pathBands(this.paths(), this.steps());
    return bands && dressed(bandOptions(bands, 'Returns'));
  });
}
