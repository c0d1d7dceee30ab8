import { Component, computed, inject, input, resource } from '@angular/core';
import { compareReports, figure, fixed, paramsText, type Run } from '@quarry/contracts';
import { QuarryApi } from '../api/quarry-api';
import { sentence } from '../api/request';

/** The figures of several backtests side by side, and how their returns go together. */
@Component({
  selector: 'q-run-comparison',
  template: `
    @if (problem(); as words) {
      <p class="problem" role="alert">{{ words }}</p>
    } @else if (figures(); as figures) {
      <table class="data-table" aria-label="Comparison">
        <thead>
          <tr>
            <th></th>
            @for (name of names(); track $index) {
              <th class="right">{{ name }}</th>
            }
          </tr>
        </thead>
        <tbody>
          @for (row of figures; track row.label) {
            <tr>
              <td>{{ row.label }}</td>
              @for (value of row.values; track $index) {
                <td class="figure right">{{ value }}</td>
              }
            </tr>
          }
        </tbody>
      </table>
    } @else {
      <p class="faint">Reading the reports…</p>
    }
  `,
  styles: `
    :host {
      display: block;
      max-height: 60vh;
      margin-bottom: 20px;
      overflow: auto;
    }
    .problem {
      color: var(--loss);
    }
  `,
})
export class RunComparison {
  private readonly api = inject(QuarryApi);
  readonly runs = input.required<readonly Run[]>();

  protected readonly names = computed(() =>
    this.runs().map(({ strategyName, datasetName, options }) =>
      [strategyName, paramsText(options?.params ?? {}), 'on', datasetName].filter(Boolean).join(' '),
    ),
  );
  private readonly comparison = resource({
    params: () => ({ ids: this.runs().map(({ id }) => id), names: this.names() }),
    loader: async ({ params: { ids, names } }) =>
      compareReports(await Promise.all(ids.map((id) => this.api.report(id))), names),
  });
  protected readonly problem = computed(() => {
    const error = this.comparison.error();
    return error && sentence(error);
  });
  protected readonly figures = computed(() => {
    if (!this.comparison.hasValue()) return null;
    const { figures, correlation } = this.comparison.value();
    const first = this.names()[0] ?? '';
    return [
      ...figures.map(({ label, unit, values }) => ({ label, values: values.map((value) => figure(value, unit)) })),
      { label: `Correlation with ${first}`, values: (correlation[0] ?? []).map(correlationText) },
    ];
  });
}

function correlationText(value: number | string): string {
  return Number.isNaN(Number(value)) ? '–' : fixed(Number(value), 2);
}
