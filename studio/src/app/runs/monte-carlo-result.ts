import { Component, computed, input } from '@angular/core';
import { dressed, fanOptions, figuresInWords, methodInWords, type MonteCarloReport } from '@quarry/contracts';
import { Cautions } from '../report/cautions';
import { WordTable } from '../report/word-table';
import { Chart } from '../ui/chart';

/** A finished Monte Carlo: the fan of its paths, its figures, and what the method supposes. */
@Component({
  selector: 'q-monte-carlo-result',
  imports: [Cautions, Chart, WordTable],
  template: `
    @if (report().warnings.length > 0) {
      <q-cautions [warnings]="report().warnings" />
    }
    @if (fan(); as fan) {
      <section>
        <h2>Where the account goes, from 1</h2>
        <q-chart label="Quantiles of the account over time" [options]="fan" />
      </section>
    }
    <div class="beside">
      <section>
        <h2 id="figures">Figures</h2>
        <table class="data-table" aria-labelledby="figures">
          <thead>
            <tr>
              @for (column of figures().columns; track $index) {
                <th>{{ column }}</th>
              }
            </tr>
          </thead>
          <tbody>
            @for (row of figures().rows; track $index) {
              <tr>
                @for (cell of row; track $index) {
                  <td class="figure">{{ cell }}</td>
                }
              </tr>
            }
          </tbody>
        </table>
      </section>
      <q-word-table title="The method" [rows]="method()" />
    </div>
  `,
  styleUrl: './result.scss',
})
export class MonteCarloResult {
  readonly report = input.required<MonteCarloReport>();
  protected readonly fan = computed(() => {
    const chart = fanOptions(this.report());
    return chart && dressed(chart);
  });
  protected readonly figures = computed(() => figuresInWords(this.report()));
  protected readonly method = computed(() => methodInWords(this.report()));
}
