import { Component, computed, input } from '@angular/core';
import { figure } from '@quarry/contracts';
import type { MetricProfile, ReportMetric } from '@quarry/contracts';
import { explanationOf } from './metric-explanation';

const groups = {
  return: 'Return',
  risk: 'Risk',
  ratio: 'Ratios',
  trade: 'Trades',
  account: 'Account',
  benchmark: 'Against the benchmark',
} satisfies Record<ReportMetric['group'], string>;

/** Every metric of the report, by group, with what each was sampled from; formula and source stand in its tooltip. */
@Component({
  selector: 'q-metric-table',
  template: `
    @for (group of grouped(); track group.title) {
      <section>
        <h2>{{ group.title }}</h2>
        <table>
          <tbody>
            @for (metric of group.metrics; track metric.id) {
              <tr [attr.data-metric]="metric.id" [title]="metric.explanation">
                <th scope="row">
                  {{ metric.label }}
                  <small>{{ metric.basis }}</small>
                </th>
                <td class="figure" [attr.data-value]="metric.value">{{ metric.text }}</td>
              </tr>
            }
          </tbody>
        </table>
      </section>
    }
  `,
  styles: `
    :host {
      display: block;
      columns: 340px;
      column-gap: 32px;
    }
    section {
      break-inside: avoid;
      margin-bottom: 24px;
    }
    table {
      width: 100%;
      margin-top: 6px;
      border-collapse: collapse;
    }
    tr {
      border-bottom: 1px solid var(--line);
    }
    th {
      padding: 6px 0;
      font-weight: 400;
      text-align: left;
    }
    small {
      display: block;
      font-size: 11px;
      color: var(--faint);
    }
    td {
      padding: 6px 0 6px 16px;
      text-align: right;
      vertical-align: top;
      white-space: nowrap;
    }
  `,
})
export class MetricTable {
  readonly metrics = input.required<readonly ReportMetric[]>();
  readonly profile = input.required<MetricProfile>();

  protected readonly grouped = computed(() =>
    Object.entries(groups)
      .map(([group, title]) => ({ title, metrics: this.metrics().filter((metric) => metric.group === group) }))
      .filter(({ metrics }) => metrics.length > 0)
      .map(({ title, metrics }) => ({
        title,
        metrics: metrics.map((metric) => ({
          ...metric,
          text: figure(metric.value, metric.unit),
          explanation: explanationOf(this.profile(), metric),
        })),
      })),
  );
}
