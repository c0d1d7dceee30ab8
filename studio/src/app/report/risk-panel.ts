import { Component, computed, input } from '@angular/core';
import {
  distributionOptions,
  dressed,
  excursionOptions,
  exposureOptions,
  rollingOptions,
  tradeOptions,
} from '@quarry/contracts';
import type { Report } from '@quarry/contracts';
import { Chart } from '../ui/chart';

/** Rolling figures, exposure, and how returns and trades spread. */
@Component({
  selector: 'q-risk-panel',
  imports: [Chart],
  template: `
    @for (chart of charts(); track chart.title) {
      <section [class.tall]="chart.tall">
        <h2>{{ chart.title }}</h2>
        <q-chart [label]="chart.title" [options]="chart.options" />
      </section>
    } @empty {
      <p class="empty">The run is too short for figures over time.</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr));
      gap: 20px 28px;
    }
    section {
      display: grid;
      grid-template-rows: auto 220px;
      gap: 6px;
      min-width: 0;
    }
    .tall {
      grid-column: 1 / -1;
      grid-template-rows: auto 260px;
    }
  `,
})
export class RiskPanel {
  readonly report = input.required<Report>();

  protected readonly charts = computed(() => {
    const report = this.report();
    const { rolling, distribution } = report;
    return [
      {
        title: rolling ? `Rolling figures over ${rolling.window} returns (${rolling.basis})` : 'Rolling figures',
        chart: rollingOptions(report),
        tall: true,
      },
      { title: 'Exposure, position over equity', chart: exposureOptions(report), tall: true },
      {
        title: `Distribution of returns, ${distribution?.basis.split(',')[0] ?? ''}`,
        chart: distributionOptions(report),
        tall: false,
      },
      { title: 'Return of each trade', chart: tradeOptions(report), tall: false },
      { title: 'Return over the worst point while held', chart: excursionOptions(report), tall: false },
    ].flatMap(({ title, chart, tall }) => (chart === null ? [] : [{ title, tall, options: dressed(chart) }]));
  });
}
