import { Component, computed, input } from '@angular/core';
import { figure } from '@quarry/contracts';
import type { MetricProfile, ReportMetric } from '@quarry/contracts';
import { toneOf } from '../ui/format';
import { explanationOf } from './metric-explanation';

/** Headline figures, in the order a reader asks for them. */
const headline = ['totalReturn', 'cagr', 'sharpe', 'sortino', 'maxDrawdown', 'profitFactor', 'winRate'];
const signed = ['totalReturn', 'cagr', 'sharpe', 'sortino'];
const most = 6;

@Component({
  selector: 'q-metric-cards',
  template: `
    <dl>
      @for (card of cards(); track card.id) {
        <div [title]="card.explanation">
          <dt>{{ card.label }}</dt>
          <dd class="figure" [class]="card.tone">{{ card.text }}</dd>
        </div>
      }
    </dl>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(112px, 1fr));
      border: 1px solid var(--line);
      border-radius: 8px;
      background: var(--raised);
    }
    div {
      padding: 10px 14px;
      border-left: 1px solid var(--line);
    }
    div:first-child {
      border-left: 0;
    }
    dt {
      font-size: 11.5px;
      color: var(--muted);
      white-space: nowrap;
      overflow: hidden;
      text-overflow: ellipsis;
    }
    dd {
      margin-top: 2px;
      font-size: 18px;
      font-weight: 500;
      letter-spacing: -0.02em;
    }
  `,
})
export class MetricCards {
  readonly metrics = input.required<readonly ReportMetric[]>();
  readonly profile = input.required<MetricProfile>();

  protected readonly cards = computed(() => {
    const byId = new Map(this.metrics().map((metric) => [metric.id, metric]));
    return headline
      .flatMap((id) => byId.get(id) ?? [])
      .slice(0, most)
      .map((metric) => ({
        ...metric,
        text: figure(metric.value, metric.unit),
        explanation: explanationOf(this.profile(), metric),
        tone: signed.includes(metric.id) ? toneOf(metric.value) : 'plain',
      }));
  });
}
