import { Component, computed, input } from '@angular/core';
import { dressed, heatmapOptions, trialGrid, type SearchOptions, type TrialPoint } from '@quarry/contracts';
import { Chart } from '../ui/chart';

/** The objective over two parameters, filling as trials end. */
@Component({
  selector: 'q-sweep-progress',
  imports: [Chart],
  template: `
    <h2>{{ trials().length }} trials so far</h2>
    @if (options(); as options) {
      <q-chart label="Objective by parameters, so far" [options]="options" />
    } @else {
      <p class="faint">The first trials are under way.</p>
    }
  `,
  styles: `
    q-chart {
      height: 420px;
    }
  `,
})
export class SweepProgress {
  readonly trials = input.required<readonly TrialPoint[]>();
  readonly direction = input.required<SearchOptions['direction']>();
  protected readonly options = computed(() => {
    const grid = trialGrid(this.trials());
    return grid && dressed(heatmapOptions(grid, this.direction()));
  });
}
