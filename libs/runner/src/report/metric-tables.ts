import { explainMetric } from '@quarry/engine/host';
import type { MetricProfile, Report, ReportMetric } from '@quarry/contracts';
import { figure } from '@quarry/contracts/display';
import { metricGroups } from './headline.js';
import type { Markup } from './markup.js';
import { html } from './markup.js';

/** The figures of a group, each with its sample; formula and source stand in its tooltip. */
export function metricTable(name: string, metrics: readonly ReportMetric[], profile: MetricProfile): Markup {
  const rows = metrics.map(
    (metric) =>
      html`<tr title="${explanationOf(metric, profile)}">
        <th scope="row">${metric.label}<small>${metric.basis}</small></th>
        <td class="${tone(metric)}">${figure(metric.value, metric.unit)}</td>
      </tr>`,
  );
  return html`<table class="figures">
    <caption>
      ${name}
    </caption>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** Every figure's formula and source, for those who cannot hover. */
export function explanations(report: Report, profile: MetricProfile): Markup {
  const groups = metricGroups(report).map(({ name, metrics }) => {
    const rows = metrics.flatMap(({ id, label }) => {
      const known = explainMetric(profile, id);
      return known === null
        ? []
        : html`<tr>
            <th scope="row">${label}</th>
            <td>${known.formula}<small>${known.source}</small></td>
          </tr>`;
    });
    return html`<table class="figures formulas">
      <caption>
        ${name}
      </caption>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
  });
  return html`<details>
    <summary><h2>How each figure is computed</h2></summary>
    <p class="none">
      Profile ${profile}. r are the sampled returns of the account and b those of the benchmark, s their sample
      deviation, n their number, A periods a year, e equity, dd drawdown, p a trade’s net P&L and q its return on the
      value at entry.
    </p>
    ${groups}
  </details>`;
}

function explanationOf({ id, label }: ReportMetric, profile: MetricProfile): string {
  const known = explainMetric(profile, id);
  return known === null ? label : `${label}\n${known.formula}\n${known.source}`;
}

function tone({ unit, value, group }: ReportMetric): string {
  return group === 'return' && unit === 'fraction' && Number(value) < 0 ? 'negative' : '';
}
