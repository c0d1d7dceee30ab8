import type { JsonNumber, Report, ReportMatching, ReportTrade } from '@quarry/contracts';
import { figure, fixed, moment, price, tradeCostsInWords } from '@quarry/contracts/display';
import type { Markup } from './markup.js';
import { html } from './markup.js';
import { table } from './page-tables.js';

const tradesOnPage = 250;

/** The trades that the report lists, one by one. */
export function tradeTable({ trades, tradeCount }: Report): Markup {
  const tagged = trades.some(({ tag }) => tag !== '');
  const known = trades.some(({ adverse }) => adverse !== undefined);
  const rows = trades.slice(0, tradesOnPage).map(
    (trade) =>
      html`<tr>
        <td>${trade.size < 0 ? 'short' : 'long'}</td>
        <td>${fixed(Math.abs(trade.size), Number.isInteger(trade.size) ? 0 : 4)}</td>
        <td>${moment(trade.entryTime)}</td>
        <td>${price(trade.entryPrice)}</td>
        <td>${trade.open ? 'still open' : moment(trade.exitTime)}</td>
        <td>${price(trade.exitPrice)}</td>
        <td class="${trade.pnl < 0 ? 'negative' : 'positive'}" title="${tradeCostsInWords(trade)}">
          ${fixed(trade.pnl, 2)}
        </td>
        <td>${figure(trade.returns, 'fraction')}</td>
        ${
          known
            ? html`<td>${percentOf(trade.adverse)}</td>
                <td>${percentOf(trade.favourable)}</td>`
            : null
        }
        ${tagged ? html`<td>${trade.tag}</td>` : null}
      </tr>`,
  );
  const rest =
    tradeCount > rows.length
      ? html`<p class="none">
          The first ${rows.length} of ${fixed(tradeCount, 0)} trades; trades.csv and trades.parquet have all.
        </p>`
      : null;
  const columns = [
    'Side',
    'Units',
    'Entered',
    'at',
    'Left',
    'at',
    'P&L',
    'Return',
    ...(known ? ['MAE', 'MFE'] : []),
    ...(tagged ? ['Tag'] : []),
  ];
  return html`<details>
    <summary><h3>Every trade</h3></summary>
    ${table(columns, rows)}${rest}
  </details>`;
}

function percentOf(fraction: number | undefined): string {
  return fraction === undefined ? '–' : figure(fraction, 'fraction');
}

/** Long, short and all closed trades that the report lists, side by side. */
export function sideTable({ trades, tradeCount }: Report): Markup {
  const closed = trades.filter(({ open }) => !open);
  const sides = [
    ['Long', closed.filter(({ size }) => size > 0)],
    ['Short', closed.filter(({ size }) => size < 0)],
    ['All', closed],
  ] as const;
  const rows = sides.filter(([, some]) => some.length > 0).map(([name, some]) => sideRow(name, some));
  const shown =
    tradeCount > trades.length ? html`<p class="none">Of the first ${fixed(trades.length, 0)} trades.</p>` : null;
  return html`${table(['Closed trades', 'Count', 'Win rate', 'Net P&L', 'Commission', 'Average P&L', 'Best', 'Worst', 'Average days'], rows)}${shown}`;
}

function sideRow(name: string, trades: readonly ReportTrade[]): Markup {
  const sum = (value: (trade: ReportTrade) => number) => trades.reduce((total, trade) => total + value(trade), 0);
  const pnl = sum((trade) => trade.pnl);
  const returns = trades.map((trade) => Number(trade.returns));
  const days = sum(({ entryTime, exitTime }) => exitTime - entryTime) / trades.length / 86_400e6;
  return html`<tr>
    <td>${name}</td>
    <td>${fixed(trades.length, 0)}</td>
    <td>${figure(trades.filter((trade) => trade.pnl > 0).length / trades.length, 'fraction')}</td>
    <td class="${pnl < 0 ? 'negative' : ''}">${fixed(pnl, 2)}</td>
    <td>
      ${fixed(
        sum(({ commission }) => commission),
        2,
      )}
    </td>
    <td>${fixed(pnl / trades.length, 2)}</td>
    <td>${figure(most(returns, 1), 'fraction')}</td>
    <td>${figure(most(returns, -1), 'fraction')}</td>
    <td>${fixed(days, days < 10 ? 1 : 0)}</td>
  </tr>`;
}

function most(values: readonly number[], sign: 1 | -1): JsonNumber {
  return values.reduce((found, value) => (sign * value > sign * found ? value : found), sign * -Infinity);
}

const groupNames = {
  'fill-to-fill': 'Fill to fill',
  'flat-to-flat': 'Flat to flat',
  'flat-to-reduced': 'Flat to reduced',
} satisfies Record<ReportMatching['group'], string>;

/** The same fills counted as trades in six ways, where that makes a difference. */
export function matchingTable({ matching }: Report): Markup | null {
  if (!matching || new Set(matching.map(({ trades }) => trades)).size < 2) return null;
  const rows = matching.map(
    (way) =>
      html`<tr>
        <td>${groupNames[way.group]}, ${way.order === 'fifo' ? 'first in first out' : 'last in first out'}</td>
        <td>${fixed(way.trades, 0)}</td>
        <td>${figure(way.winRate, 'fraction')}</td>
        <td>${figure(way.profitFactor, 'ratio')}</td>
        <td>${figure(way.expectancy, 'currency')}</td>
      </tr>`,
  );
  return html`<h3>The same fills, counted six ways</h3>
    ${table(['What is one trade', 'Closed trades', 'Win rate', 'Profit factor', 'Average P&L'], rows)}`;
}
