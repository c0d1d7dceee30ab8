import { figure, moment, type WalkForwardReport, dataText, paramsText } from '@quarry/contracts';
import { foldOptions, stitchedOptions } from '../report/charts/walk-forward-options.js';
import { htmlPage } from '../report/html-page.js';
import { html, type Markup } from '../report/markup.js';
import { pageBase, pageChart, pageFoot, pageHead, pageHeadline, pageWarnings } from '../report/page-parts.js';
import { rowTable, table } from '../report/page-tables.js';
import { outOfSampleInWords, planInWords } from './walk-forward-in-words.js';

/** A walk-forward as one self-contained page: the stitched account, its folds, what degraded. */
export function walkForwardHtml(report: WalkForwardReport): Promise<string> {
  const { stitched, degradation, strategyName, environment, base } = report;
  const [data] = base.data;
  const about = html`<b>${dataText(base)}</b>, ${data?.interval ?? ''} bars<br />${report.folds.length} folds,
    ${report.plan.kind}`;
  const body = html`<main>
    ${pageHead('Walk-forward', strategyName, about)}
    ${pageHeadline([
      [figure(stitched.figures.totalReturn, 'fraction'), 'Total return, out of sample'],
      [figure(stitched.figures.sharpe, 'ratio'), 'Sharpe ratio, out of sample'],
      [figure(stitched.figures.maxDrawdown, 'fraction'), 'Max drawdown'],
      [figure(degradation.efficiency, 'fraction'), 'Walk-forward efficiency'],
      [figure(stitched.probabilistic, 'ratio'), 'PSR'],
    ])}
    ${pageWarnings(report.warnings)}
    ${pageChart('stitched', 'All tests as one account', 'Equity out of sample, from 1', 'tall')}
    ${pageChart('folds', `${report.objective.label} by fold`, 'In and out of sample, by fold')}
    <h2>Folds</h2>
    ${foldTable(report)}
    <h2>Out of sample</h2>
    ${rowTable('', outOfSampleInWords(report))} ${pageBase(base, 'Walk-forward', planInWords(report))}
    ${pageFoot(environment)}
  </main> `;
  return htmlPage({
    title: `${strategyName}: walk-forward`,
    quarry: environment.quarry,
    body,
    charts: { stitched: stitchedOptions(report), folds: foldOptions(report) },
    library: 'echarts.common.min.js',
  });
}

function foldTable({ folds, objective }: WalkForwardReport): Markup {
  const id = objective.id as 'sharpe';
  const rows = folds.map(
    ({ train, test, params, inSample, outOfSample }, i) =>
      html`<tr>
        <td>${i + 1}</td>
        <td>${moment(train.from)} to ${moment(train.to)}</td>
        <td>${moment(test.from)} to ${moment(test.to)}</td>
        <td>${params ? paramsText(params) : 'none'}</td>
        <td>${inSample ? figure(inSample[id], 'ratio') : '–'}</td>
        <td>${outOfSample ? figure(outOfSample[id], 'ratio') : '–'}</td>
        <td>${outOfSample ? figure(outOfSample.totalReturn, 'fraction') : '–'}</td>
      </tr>`,
  );
  return table(
    ['', 'Training', 'Test', 'Chosen', `${objective.label} in sample`, 'Out of sample', 'Return of the test'],
    rows,
  );
}
