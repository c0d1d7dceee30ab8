import type { Report, ReportMetric } from '@quarry/contracts';
import { figure, fixed, moment, price } from '@quarry/contracts';
import type { Markup } from './markup.js';
import { html } from './markup.js';
import type { Row } from './run-in-words.js';

const tradesOnPage = 250;
const microsecondsPerDay = 86_400e6;
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function monthlyTable({ monthly }: Report): Markup {
  const years = new Map<string, (number | null)[]>();
  for (const { month, returns } of monthly) {
    const [year = '', number = '1'] = month.split('-');
    const row = years.get(year) ?? new Array<number | null>(12).fill(null);
    row[Number(number) - 1] = Number(returns);
    years.set(year, row);
  }
  const rows = [...years].map(
    ([year, months]) =>
      html`<tr>
        <th scope="row">${year}</th>
        ${months.map(returnCell)} ${returnCell(compound(months), 'total')}
      </tr>`,
  );
  return html`<div class="scroll">
    <table class="months">
      <thead>
        <tr>
          <th scope="col">Year</th>
          ${monthNames.map((name) => html`<th scope="col">${name}</th>`)}
          <th scope="col">Year</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function compound(months: readonly (number | null)[]): number {
  return months.reduce<number>((growth, returns) => growth * (1 + (returns ?? 0)), 1) - 1;
}

/** A return in percent on a tint that deepens up to ten percent. */
function returnCell(returns: number | null, kind: number | 'total' = 0): Markup {
  const total = kind === 'total' ? 'total ' : '';
  if (returns === null || !Number.isFinite(returns)) return html`<td class="${total}"></td>`;
  const side = returns === 0 ? 'flat' : returns < 0 ? 'loss' : 'gain';
  const strength = Math.min(1, Math.abs(returns) / 0.1);
  const text = fixed(returns * 100, Math.abs(returns) < 0.9995 ? 1 : 0);
  return html`<td class="${total}heat ${side}" style="--s:${strength.toFixed(2)}">${text}</td>`;
}

export function metricTable(name: string, metrics: readonly ReportMetric[]): Markup {
  const rows = metrics.map(
    (metric) =>
      html`<tr>
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

function tone({ unit, value, group }: ReportMetric): string {
  return group === 'return' && unit === 'fraction' && Number(value) < 0 ? 'negative' : '';
}

export function drawdownTable({ drawdowns }: Report): Markup {
  if (drawdowns.length === 0) return html`<p class="none">The account never fell below an earlier high.</p>`;
  const rows = drawdowns.map(({ depth, peakTime, troughTime, recoveryTime }) => {
    const fall = days(troughTime - peakTime);
    const whole = recoveryTime === null ? 'not yet' : days(recoveryTime - peakTime);
    return html`<tr>
      <td class="negative">${figure(-depth, 'fraction')}</td>
      <td>${moment(peakTime)}</td>
      <td>${moment(troughTime)}</td>
      <td>${recoveryTime === null ? 'not yet' : moment(recoveryTime)}</td>
      <td>${fall}</td>
      <td>${whole}</td>
    </tr>`;
  });
  return table(['Depth', 'Peak', 'Trough', 'Recovered', 'Days to trough', 'Days to recovery'], rows);
}

function days(microseconds: number): string {
  const count = microseconds / microsecondsPerDay;
  return fixed(count, count >= 10 || Number.isInteger(count) ? 0 : 1);
}

export function tradeTable({ trades, tradeCount }: Report): Markup {
  if (trades.length === 0) return html`<p class="none">No trade was made.</p>`;
  const tagged = trades.some(({ tag }) => tag !== '');
  const rows = trades.slice(0, tradesOnPage).map(
    (trade) =>
      html`<tr>
        <td>${trade.size < 0 ? 'short' : 'long'}</td>
        <td>${fixed(Math.abs(trade.size), Number.isInteger(trade.size) ? 0 : 4)}</td>
        <td>${moment(trade.entryTime)}</td>
        <td>${price(trade.entryPrice)}</td>
        <td>${trade.open ? 'still open' : moment(trade.exitTime)}</td>
        <td>${price(trade.exitPrice)}</td>
        <td class="${trade.pnl < 0 ? 'negative' : 'positive'}">${fixed(trade.pnl, 2)}</td>
        <td>${figure(trade.returns, 'fraction')}</td>
        ${tagged ? html`<td>${trade.tag}</td>` : null}
      </tr>`,
  );
  const rest =
    tradeCount > rows.length
      ? html`<p class="none">
          The first ${rows.length} of ${fixed(tradeCount, 0)} trades; trades.csv and trades.parquet have all.
        </p>`
      : null;
  return html`${table(['Side', 'Units', 'Entered', 'at', 'Left', 'at', 'P&L', 'Return', ...(tagged ? ['Tag'] : [])], rows)}${rest}`;
}

/** Names beside texts, such as settings. */
export function rowTable(name: string, rows: readonly Row[], kind = ''): Markup {
  if (rows.length === 0) return html``;
  const lines = rows.map(
    ([label, text]) =>
      html`<tr>
        <th scope="row">${label}</th>
        <td>${text}</td>
      </tr>`,
  );
  return html`<table class="figures ${kind}">
    <caption>
      ${name}
    </caption>
    <tbody>
      ${lines}
    </tbody>
  </table>`;
}

function table(columns: readonly string[], rows: readonly Markup[]): Markup {
  return html`<div class="scroll">
    <table class="rows">
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
