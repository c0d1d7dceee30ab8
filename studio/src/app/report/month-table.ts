import { Component, computed, input } from '@angular/core';
import { fixed, fromJsonNumber } from '@quarry/contracts';
import type { Report } from '@quarry/contracts';
import { toneOf } from '../ui/format';

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A month's return that gets the full tint. */
const strong = 0.08;

/** Returns by month and year; the stronger, the deeper the tint. */
@Component({
  selector: 'q-month-table',
  template: `
    <table aria-label="Monthly returns">
      <thead>
        <tr>
          <th scope="col">Year</th>
          @for (name of names; track name) {
            <th scope="col">{{ name }}</th>
          }
          <th scope="col">Year</th>
        </tr>
      </thead>
      <tbody class="figure">
        @for (row of rows(); track row.year) {
          <tr>
            <th scope="row">{{ row.year }}</th>
            @for (cell of row.cells; track $index) {
              <td>
                @if (cell) {
                  <span [class]="cell.tone" [style.--tint]="cell.tint">{{ cell.text }}</span>
                }
              </td>
            }
            <td class="total" [class]="row.tone">{{ row.total }}</td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: './month-table.scss',
})
export class MonthTable {
  readonly months = input.required<Report['monthly']>();
  protected readonly names = names;

  protected readonly rows = computed(() => {
    const years = Map.groupBy(this.months(), ({ month }) => month.slice(0, 4));
    return [...years].map(([year, months]) => {
      const total = months.reduce((product, { returns }) => product * (1 + fromJsonNumber(returns)), 1) - 1;
      return { year, cells: names.map((_, i) => cell(months, i + 1)), total: percent(total), tone: toneOf(total) };
    });
  });
}

function cell(months: Report['monthly'], number: number) {
  const found = months.find(({ month }) => Number(month.slice(5, 7)) === number);
  if (!found) return null;
  const value = fromJsonNumber(found.returns);
  const tint = `${Math.round(Math.min(1, Math.abs(value) / strong) * 26)}%`;
  return { text: percent(value), tone: value === 0 ? 'faint' : toneOf(found.returns), tint };
}

/** Without the sign of percent, which a table of nothing else does not need. */
function percent(value: number): string {
  return Number.isFinite(value) ? fixed(value * 100, 1) : '–';
}
