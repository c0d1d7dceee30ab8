import {
  figure,
  moment,
  type SweepReport,
  heatmapOptions,
  parallelOptions,
  dataText,
  luckInWords,
  paramsText,
  searchInWords,
} from '@quarry/contracts';
import { htmlPage } from '../report/html-page.js';
import { html, type Markup } from '../report/markup.js';
import {
  pageBase,
  pageChart,
  pageFoot,
  pageHead,
  pageHeadline,
  pageWarnings,
  searchedNote,
} from '../report/page-parts.js';
import { table } from '../report/page-tables.js';

const rowsShown = 25;

/** A sweep as one self-contained page: the best trials, what luck explains of them, heatmaps, parallel coordinates. */
export function sweepHtml(report: SweepReport): Promise<string> {
  const { surface, search, strategyName, environment } = report;
  const heatmaps = surface?.heatmaps ?? [];
  const parallel = parallelOptions(report);
  const charts = Object.fromEntries([
    ...heatmaps.map((map, i) => [`heatmap-${i}`, heatmapOptions(map, search.direction)] as const),
    ['parallel', parallel],
  ]);
  const drawn = heatmaps.map((map, i) =>
    pageChart(
      `heatmap-${i}`,
      `${report.objective.label} by ${map.x.name} and ${map.y.name}`,
      `Mean ${report.objective.label} for each pair of values`,
      'tall',
    ),
  );
  const body = html`<main>
    ${top(report)} ${headline(report)} ${pageWarnings(report.warnings)}
    <h2>Best trials</h2>
    ${best(report)}
    <h2>What luck explains</h2>
    ${table(
      ['Question', 'Answer'],
      luckInWords(report).map(
        ([name, text]) =>
          html`<tr>
            <td>${name}</td>
            <td>${text}</td>
          </tr>`,
      ),
    )}
    <h2>The surface</h2>
    ${drawn}
    ${parallel ? pageChart('parallel', 'Every trial across its parameters', 'Parallel coordinates', 'tall') : null}
    ${pageBase(report.base, 'Search', searchInWords(report))} ${pageFoot(environment, searchedNote)}
  </main> `;
  return htmlPage({
    title: `${strategyName}: sweep`,
    quarry: environment.quarry,
    body,
    charts,
    library: 'echarts.min.js',
  });
}

function top({ strategyName, base, trialCount }: SweepReport): Markup {
  const [data] = base.data;
  const { from = null, to = null } = data ?? {};
  const range = from === null || to === null ? 'all of it' : `${moment(from)} to ${moment(to)}`;
  const about = html`<b>${dataText(base)}</b>, ${data?.interval ?? ''} bars<br />${range}<br />${trialCount} trials`;
  return pageHead('Parameter sweep', strategyName, about);
}

function headline({ ranking, trials, luck, surface, objective }: SweepReport): Markup {
  const first = trials.find(({ index }) => index === ranking[0]);
  return pageHeadline([
    [first ? figure(first.value, 'ratio') : '–', `Best ${objective.label}`],
    [figure(luck?.deflated ?? 'NaN', 'ratio'), 'Deflated Sharpe ratio'],
    [String(luck?.trials ?? 0), 'Trials of the family'],
    [luck?.overfitting ? figure(luck.overfitting.probability, 'fraction') : '–', 'PBO'],
    [figure(surface?.plateau ?? 'NaN', 'fraction'), 'Plateau of the best'],
  ]);
}

function best(report: SweepReport): Markup {
  const byIndex = new Map(report.trials.map((trial) => [trial.index, trial]));
  const isSharpe = report.objective.id === 'sharpe';
  const rows = report.ranking.slice(0, rowsShown).flatMap((index, rank) => {
    const trial = byIndex.get(index);
    if (!trial) return [];
    return html`<tr>
      <td>${rank + 1}</td>
      <td>${paramsText(trial.params)}</td>
      ${isSharpe ? null : html`<td>${figure(trial.value, 'ratio')}</td>`}
      <td>${figure(trial.sharpe, 'ratio')}</td>
      <td>${figure(trial.totalReturn, 'fraction')}</td>
      <td>${figure(trial.maxDrawdown, 'fraction')}</td>
      <td>${figure(trial.trades, 'count')}</td>
    </tr>`;
  });
  if (rows.length === 0) return html`<p class="none">No trial has a value.</p>`;
  return table(
    [
      '',
      'Parameters',
      ...(isSharpe ? [] : [report.objective.label]),
      'Sharpe ratio',
      'Total return',
      'Max drawdown',
      'Trades',
    ],
    rows,
  );
}
