import { Component, computed, input } from '@angular/core';
import { figure, fixed, moment } from '@quarry/contracts';
import type { Report } from '@quarry/contracts';

const microsecondsPerDay = 86_400e6;
const longestBar = 90;

/** The deepest falls from a peak, worst first. */
@Component({
  selector: 'q-drawdown-table',
  template: `
    <table class="data-table" aria-label="Worst drawdowns">
      <thead>
        <tr>
          <th scope="col">Depth</th>
          <th scope="col">Peak</th>
          <th scope="col">Trough</th>
          <th scope="col">Recovery</th>
          <th scope="col" class="right">Days</th>
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track $index) {
          <tr class="figure">
            <td class="loss depth">
              {{ row.depth }}
              <span class="bar" [style.width.px]="row.length"></span>
            </td>
            <td>{{ row.peak }}</td>
            <td>{{ row.trough }}</td>
            <td [class.faint]="row.open">{{ row.recovery }}</td>
            <td class="right">{{ row.days }}</td>
          </tr>
        } @empty {
          <tr>
            <td colspan="5" class="faint">Equity never fell below an earlier peak.</td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `
    .depth {
      display: grid;
      grid-template-columns: 64px 1fr;
      gap: 12px;
      align-items: center;
    }
    .bar {
      height: 8px;
      border-radius: 2px;
      background: var(--loss);
      opacity: 0.55;
    }
  `,
})
export class DrawdownTable {
  readonly drawdowns = input.required<Report['drawdowns']>();

  protected readonly rows = computed(() => {
    const worst = this.drawdowns()
      .toSorted((a, b) => b.depth - a.depth)
      .slice(0, 10);
    return worst.map(({ depth, peakTime, troughTime, recoveryTime }) => ({
      depth: figure(-depth, 'fraction'),
      length: (depth / (worst[0]?.depth || 1)) * longestBar,
      peak: moment(peakTime),
      trough: moment(troughTime),
      recovery: recoveryTime === null ? 'not recovered' : moment(recoveryTime),
      open: recoveryTime === null,
      days: recoveryTime === null ? '–' : fixed((recoveryTime - peakTime) / microsecondsPerDay, 0),
    }));
  });
}
