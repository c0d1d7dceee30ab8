import type { Report } from '@quarry/contracts';
import {
  actionsInWords,
  costsInWords,
  dataInWords,
  figure,
  fixed,
  hashesInWords,
  moment,
  paramsInWords,
  pricesInWords,
  settingsInWords,
} from '@quarry/contracts/display';
import { headline, metricGroups } from './headline.js';
import type { Markup } from './markup.js';
import { html } from './markup.js';
import { htmlPage } from './html-page.js';
import { explanations, metricTable } from './metric-tables.js';
import { pageWarnings } from './page-parts.js';
import { drawdownTable, monthlyTable, rowTable } from './page-tables.js';
import { reportCharts, type ReportCharts } from './charts/report-charts.js';
import { matchingTable, sideTable, tradeTable } from './trade-tables.js';

const logLinesOnPage = 200;

/** The report of a backtest as one self-contained page. */
export async function reportHtml(report: Report): Promise<string> {
  const succeededRun = report.failure === null;
  const charts = reportCharts(report);
  return htmlPage({
    title: `${report.strategyName}: backtest report`,
    quarry: report.environment.quarry,
    body: succeededRun ? succeeded(report, charts) : failed(report),
    charts: succeededRun ? charts : null,
    library: 'echarts.common.min.js',
  });
}

function succeeded(report: Report, charts: ReportCharts): Markup {
  const { manifest } = report;
  const profile = manifest?.profile ?? 'v1';
  const chart = (name: keyof ReportCharts, title: string, says: string): Markup | null =>
    charts[name] === null
      ? null
      : html`<section>
          <h3>${title}</h3>
          <div id="chart-${name}" class="chart" role="img" aria-label="${says}"></div>
        </section>`;
  const window = report.rolling
    ? `Rolling figures over ${report.rolling.window} returns (${report.rolling.basis})`
    : 'Rolling figures';
  const paid = costsInWords(report.costs);
  const acted = actionsInWords(report.actions);
  return html`<main>
    ${top(report)}
    <section class="headline">
      ${headline(report).map(
        (metric) =>
          html`<div>
            <b class="${Number(metric.value) < 0 ? 'negative' : ''}">${figure(metric.value, metric.unit)}</b
            ><span>${metric.label}</span>
          </div>`,
      )}
      <div><b>${fixed(report.tradeCount, 0)}</b><span>Trades</span></div>
    </section>
    ${costs(report)} ${pageWarnings(report.warnings)}
    <h2>Equity and drawdown</h2>
    <div id="chart-equity" class="chart" role="img" aria-label="Equity and drawdown over time"></div>
    <h2>Returns by month, percent</h2>
    ${monthlyTable(report)}
    <div class="pair">
      ${chart('yearly', 'Returns by year', 'What each year returned')}
      ${chart('distribution', `Distribution of returns, ${report.distribution?.basis.split(',')[0] ?? ''}`, 'How many periods returned how much')}
    </div>
    ${chart('rolling', window, 'Rolling Sharpe ratio, beta and volatility')}
    ${chart('exposure', 'Exposure, position over equity', 'Exposure over time')}
    <h2>Worst drawdowns</h2>
    ${drawdownTable(report)}
    <h2>Figures</h2>
    <div class="columns many">
      ${metricGroups(report).map(({ name, metrics }) => metricTable(name, metrics, profile))}
    </div>
    <h2>Trades</h2>
    ${trades(report, chart)}
    ${
      manifest === null
        ? null
        : html`<h2>What was run</h2>
            <div class="columns">
              ${rowTable('Settings and costs', [...dataInWords(manifest), ...pricesInWords(manifest), ...settingsInWords(manifest.settings)])}${acted.length > 0 ? rowTable('Splits, dividends, delistings', acted) : null}${paid.length > 0 ? rowTable('Costs paid', paid) : null}${rowTable('Parameters', paramsInWords(manifest.params))}${rowTable('Orders', orderRows(report))}
            </div>
            ${rowTable('Hashes: equal hashes, equal run', hashesInWords(manifest, report.manifestHash, report.orderListHash), 'hashes')}`
    }
    ${explanations(report, profile)} ${log(report)} ${foot(report)}
  </main> `;
}

function trades(
  report: Report,
  chart: (name: keyof ReportCharts, title: string, says: string) => Markup | null,
): Markup {
  if (report.trades.length === 0) return html`<p class="none">No trade was made.</p>`;
  return html`${sideTable(report)}
    <div class="pair">
      ${chart('trades', 'Return of each trade', 'How many trades returned how much')}
      ${chart('excursions', 'Return over the worst point while held', 'Maximum adverse excursion and return of each trade')}
    </div>
    ${matchingTable(report)} ${tradeTable(report)}`;
}

/** What the result has paid, beside the result. */
function costs({ manifest, metrics }: Report): Markup | null {
  if (manifest === null) return null;
  const value = (id: string) => metrics.find((metric) => metric.id === id);
  const paid = value('commissions');
  const share = value('commissionShare');
  const models = settingsInWords(manifest.settings)
    .filter(([name]) => ['Commission', 'Spread', 'Slippage', 'Fill'].includes(name))
    .map(([name, text]) => `${name.toLowerCase()} ${text}`);
  const kept =
    share !== undefined && Number.isFinite(Number(share.value))
      ? `, ${figure(share.value, share.unit)} of what trading made before them`
      : '';
  return html`<p class="costs">
    <b>After costs:</b>
    ${models.join(' · ')}.${paid === undefined ? null : html` Commissions paid: ${figure(paid.value, paid.unit)}${kept}.`}
  </p>`;
}

function failed(report: Report): Markup {
  const failure = report.failure;
  const place = failure?.position
    ? `${failure.position.file}:${failure.position.line}:${failure.position.column}`
    : null;
  const details = (failure?.diagnostics ?? [])
    .map((d) => `${d.file}:${d.line}:${d.column} ${d.code} ${d.message}`)
    .join('\n');
  return html`<main>
    ${top(report)}
    <div class="warnings failure">
      <strong>The run failed: ${failure?.code ?? ''}</strong>
      <pre>${failure?.message ?? ''}${place === null ? '' : `\n${place}`}${details === '' ? '' : `\n${details}`}</pre>
    </div>
    ${log(report)} ${foot(report)}
  </main> `;
}

function top({ strategyName, bars }: Report): Markup {
  const days = bars === null ? '' : `${moment(bars.from)} to ${moment(bars.to)}`;
  const range = days.includes(':') ? `${days} UTC` : days;
  const about =
    bars === null
      ? null
      : html`<div class="about">
          <b>${bars.symbol}</b>, ${bars.interval} bars<br />${range}<br />${fixed(bars.count, 0)} bars
        </div>`;
  return html`<header>
    <div>
      <div class="eyebrow">Backtest report</div>
      <h1>${strategyName}</h1>
    </div>
    ${about}
  </header>`;
}

function orderRows({ orderCounts, rejections }: Report): (readonly [string, string])[] {
  return [
    ['Filled', fixed(orderCounts.filled, 0)],
    ['Cancelled', fixed(orderCounts.cancelled, 0)],
    ['Rejected', fixed(orderCounts.rejected, 0)],
    ['Still waiting', fixed(orderCounts.open, 0)],
    ['Expired', fixed(orderCounts.expired, 0)],
    ['Filled in part', fixed(orderCounts.partiallyFilled, 0)],
    ...rejections.slice(0, 5).map(({ bar, reason }) => [`Rejected on bar ${bar}`, reason] as const),
  ];
}

function log({ log: lines }: Report): Markup | null {
  if (lines.length === 0) return null;
  const text = lines.slice(0, logLinesOnPage).map((line) => {
    const when = line.time === null ? '' : `${moment(line.time)}  `;
    const where = line.file === null ? '' : `  ${line.file}:${line.line ?? ''}`;
    return `${when}${line.level === 'log' ? '' : `${line.level}: `}${line.text}${where}`;
  });
  const rest = lines.length - text.length;
  return html`<details>
    <summary><h2>Log of the strategy</h2></summary>
    <pre class="log">${text.join('\n')}${rest > 0 ? `\n… ${rest} more in report.json` : ''}</pre>
  </details>`;
}

function foot({ environment }: Report): Markup {
  return html`<footer>
    Simulated on past data by Quarry ${environment.quarry}, sandbox wall: ${environment.wall}. A backtest is not a
    forecast: no order was sent, and fills, costs and liquidity are the models named above.
  </footer>`;
}
