import {
  fanOptions,
  dataText,
  paramsText,
  figuresInWords,
  methodInWords,
  type MonteCarloReport,
} from '@quarry/contracts';
import { htmlPage } from '../report/html-page.js';
import { html } from '../report/markup.js';
import { pageBase, pageChart, pageFoot, pageHead, pageWarnings } from '../report/page-parts.js';
import { rowTable, table } from '../report/page-tables.js';

/** A Monte Carlo as one self-contained page: what it supposes, the fan of its paths, and what it may speak of. */
export function monteCarloHtml(report: MonteCarloReport): Promise<string> {
  const { strategyName, base, environment, options } = report;
  const fan = fanOptions(report);
  const { columns, rows } = figuresInWords(report);
  const about = html`<b>${options.method}</b
    ><br />${base ? dataText(base) : 'a finished backtest'}<br />${paramsText(report.params)}`;
  const body = html`<main>
    ${pageHead('Monte Carlo', strategyName, about)} ${pageWarnings(report.warnings)}
    <p class="costs"><b>It supposes:</b> ${report.null}</p>
    ${fan ? pageChart('fan', 'Where the account goes, from 1', 'Quantiles of the account over time', 'tall') : null}
    <h2>Figures</h2>
    ${table(
      columns,
      rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      ),
    )}
    <h2>The method</h2>
    ${rowTable('', methodInWords(report))}
    ${base ? pageBase(base, 'Strategy', [['Parameters', paramsText(report.params)]]) : null} ${pageFoot(environment)}
  </main> `;
  return htmlPage({
    title: `${strategyName}: ${options.method}`,
    quarry: environment.quarry,
    body,
    charts: fan ? { fan } : null,
    library: 'echarts.common.min.js',
  });
}
