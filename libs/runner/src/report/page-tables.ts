import type { Report, WordRow } from '@quarry/contracts';
import { figure, fixed, moment } from '@quarry/contracts/display';
import type { Markup } from './markup.js';
import { html } from './markup.js';

const microsecondsPerDay = 86_400e6;
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Returns by month, with the year's, and the benchmark's beside it. */
export function monthlyTable({ monthly, bars }: Report): Markup {
  const years = Map.groupBy(monthly, ({ month }) => month.slice(0, -3));
  const compared = monthly.length > 0 && monthly.every(({ benchmark }) => benchmark !== undefined);
  const rows = [...years].map(([year, months]) => {
    const cells = new Array<number | null>(12).fill(null);
    for (const { month, returns } of months) cells[Number(month.slice(-2)) - 1] = Number(returns);
    const held = compared ? compound(months.map(({ benchmark }) => Number(benchmark))) : null;
    return html`<tr>
      <th scope="row">${year}</th>
      ${cells.map((returns) => returnCell(returns))} ${returnCell(compound(cells), 'total ')}
      ${held === null ? null : html`<td class="held">${percentText(held)}</td>`}
    </tr>`;
  });
  return html`<div class="scroll">
    <table class="months">
      <thead>
        <tr>
          <th scope="col">Year</th>
          ${monthNames.map((name) => html`<th scope="col">${name}</th>`)}
          <th scope="col">Year</th>
          ${compared ? html`<th scope="col" title="${bars?.symbol ?? ''} bought and held">Held</th>` : null}
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
function returnCell(returns: number | null, kind: '' | 'total ' = ''): Markup {
  if (returns === null || !Number.isFinite(returns)) return html`<td class="${kind}"></td>`;
  const side = returns === 0 ? 'flat' : returns < 0 ? 'loss' : 'gain';
  const strength = Math.min(1, Math.abs(returns) / 0.1);
  return html`<td class="${kind}heat ${side}" style="--s:${strength.toFixed(2)}">${percentText(returns)}</td>`;
}

function percentText(returns: number): string {
  return fixed(returns * 100, Math.abs(returns) < 0.9995 ? 1 : 0);
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

/** Names beside texts, such as settings. */
export function rowTable(name: string, rows: readonly WordRow[], kind = ''): Markup {
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

/** Rows under the names of their columns. */
export function table(columns: readonly string[], rows: readonly Markup[]): Markup {
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
