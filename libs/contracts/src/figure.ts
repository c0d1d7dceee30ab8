import type { JsonNumber } from './json-number.js';
import type { ReportMetric } from './report.js';

/**
 * A metric as people read it: `12.34 %`, `0.634`, `118,688.38`, `37 days`. What is not defined is `–`.
 * The same words stand in the terminal, in report.html and in the studio, whatever the machine's locale.
 */
export function figure(value: JsonNumber, unit: ReportMetric['unit']): string {
  const number = Number(value);
  if (Number.isNaN(number)) return '–';
  if (!Number.isFinite(number)) return number > 0 ? '∞' : '-∞';
  return format[unit](number);
}

const format = {
  fraction: (value) => `${Math.abs(value) < 1e5 ? fixed(value * 100, 2) : (value * 100).toExponential(2)} %`,
  ratio: (value) => fixed(value, 3),
  currency: (value) => fixed(value, 2),
  count: (value) => fixed(value, Number.isInteger(value) ? 0 : 1),
  days: (value) => (Number.isInteger(value) && Math.abs(value) === 1 ? `${value} day` : `${short(value)} days`),
  bars: (value) => (Math.abs(value) === 1 ? `${value} bar` : `${short(value)} bars`),
} satisfies Record<ReportMetric['unit'], (value: number) => string>;

/** Whole above ten, one decimal below, none where it would be zero. */
function short(value: number): string {
  return fixed(value, Math.abs(value) >= 10 || Number.isInteger(value) ? 0 : 1);
}

/** `1,234.50`: grouped in thousands, and never `-0.00`. */
export function fixed(value: number, digits: number): string {
  if (Math.abs(value) >= 1e15) return value.toExponential(3);
  const [whole = '', decimals] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = decimals === undefined ? grouped : `${grouped}.${decimals}`;
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

/** A price with as many decimals as it needs: two for 134.13, more for 0.00001234. */
export function price(value: number): string {
  if (!Number.isFinite(value)) return figure(String(value) as JsonNumber, 'ratio');
  const size = Math.abs(value);
  if (size === 0 || size >= 10) return fixed(value, 2);
  return fixed(value, Math.min(10, 4 + Math.max(0, -Math.floor(Math.log10(size)) - 1)));
}

/** `2019-12-31` for a whole day, `2019-12-31 14:30` otherwise; UTC, from microseconds. */
export function moment(microseconds: number): string {
  if (!Number.isFinite(microseconds)) return '–';
  const text = new Date(Math.floor(microseconds / 1000)).toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
}
