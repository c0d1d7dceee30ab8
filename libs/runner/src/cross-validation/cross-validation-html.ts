import { dataText, figure, type CrossValidationReport } from '@quarry/contracts';
import { pathOptions, pathValueOptions, splitOptions } from '../report/charts/cross-validation-options.js';
import { htmlPage } from '../report/html-page.js';
import { html, type Markup } from '../report/markup.js';
import { pageBase, pageChart, pageFoot, pageHead, pageHeadline, pageWarnings } from '../report/page-parts.js';
import { rowTable, table } from '../report/page-tables.js';
import { choicesInWords, pathsInWords, splitsInWords, withoutGain } from './cross-validation-in-words.js';

const pathsShown = 30;

/** A cross-validation as one self-contained page: its paths, how they spread, what was chosen. */
export function crossValidationHtml(report: CrossValidationReport): Promise<string> {
  const { strategyName, base, plan, paths, splits, objective, distribution, degradation, environment } = report;
  const [data] = base.data;
  const about = html`<b>${dataText(base)}</b>, ${data?.interval ?? ''} bars<br />${splits.length} splits:
    ${plan.testGroups} of ${plan.groups} groups tested`;
  const body = html`<main>
    ${pageHead('Cross-validation', strategyName, about)}
    ${pageHeadline([
      [figure(distribution.mean, 'ratio'), `${objective.label}, mean over paths`],
      [figure(distribution.least, 'ratio'), 'Least'],
      [figure(distribution.most, 'ratio'), 'Most'],
      [`${withoutGain(report)} of ${paths.length}`, 'Paths without a gain'],
      [figure(degradation.efficiency, 'fraction'), 'Efficiency'],
    ])}
    ${pageWarnings(report.warnings)}
    ${pageChart('paths', paths.length === 1 ? 'The path through all tests' : 'Paths through all tests', 'Equity of each path, from 1', 'tall')}
    ${paths.length > 1 ? pageChart('values', `${objective.label} by path, least first`, 'The objective of each path') : null}
    ${pageChart('splits', `${objective.label} of what each split chose`, 'In sample against out of sample')}
    <h2>Chosen most often</h2>
    ${choiceTable(report)}
    <h2>Paths</h2>
    ${pathTable(report)}
    <h2>Out of sample</h2>
    ${rowTable('', pathsInWords(report))} ${pageBase(base, 'Cross-validation', splitsInWords(report))}
    ${pageFoot(environment)}
  </main> `;
  return htmlPage({
    title: `${strategyName}: cross-validation`,
    quarry: environment.quarry,
    body,
    charts: { paths: pathOptions(report), values: pathValueOptions(report), splits: splitOptions(report) },
    library: 'echarts.common.min.js',
  });
}

function choiceTable(report: CrossValidationReport): Markup {
  const { columns, rows } = choicesInWords(report);
  return table(
    columns,
    rows.map(
      (cells) =>
        html`<tr>
          ${cells.map((cell) => html`<td>${cell}</td>`)}
        </tr>`,
    ),
  );
}

function pathTable({ paths }: CrossValidationReport): Markup {
  const rows = paths.slice(0, pathsShown).map(
    ({ figures, probabilistic }, i) =>
      html`<tr>
        <td>${i + 1}</td>
        <td>${figure(figures.totalReturn, 'fraction')}</td>
        <td>${figure(figures.annualReturn, 'fraction')}</td>
        <td>${figure(figures.sharpe, 'ratio')}</td>
        <td>${figure(figures.maxDrawdown, 'fraction')}</td>
        <td>${figure(probabilistic, 'ratio')}</td>
      </tr>`,
  );
  const more = paths.length - rows.length;
  return html`${table(['Path', 'Total return', 'Annual return', 'Sharpe ratio', 'Max drawdown', 'PSR'], rows)}
  ${more > 0 ? html`<p class="none">${more} more are in report.json.</p>` : null}`;
}
