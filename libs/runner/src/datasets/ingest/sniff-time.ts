import { DataRefused } from '../data-refused.js';
import { numericDateParts, timeReader, type TimeFormat, type TimeRead } from './read-time.js';

/** Steps of an epoch by the size of its figures: seconds until the year 5138, and so on. */
const epochUnits: readonly (readonly [below: number, unit: number, name: string])[] = [
  [1e8, NaN, ''],
  [1e11, 1_000_000, 'seconds'],
  [1e14, 1000, 'milliseconds'],
  [1e17, 1, 'microseconds'],
  [1e20, 0.001, 'nanoseconds'],
];

/** A date such as 2024-02-30 has the shape and is refused with its row. */
const isoShape = /^\d{4}([-/.])\d{1,2}\1\d{1,2}(\D|$)/;

export function looksLikeTime(cell: string): boolean {
  const text = cell.trim();
  return reads({ kind: 'iso' }, text) || reads({ kind: 'month-name' }, text) || numericDateParts(text) !== null;
}

function reads(format: TimeFormat, cell: string): boolean {
  const bytes = Buffer.from(cell);
  const into: TimeRead = { stamp: 0, offset: 0, hasTime: false, floored: false };
  return timeReader(format, into)(bytes, 0, bytes.length);
}

/** A time format, or that a date such as 03/04/2024 leaves open which is the month, or that nothing fits. */
export type SniffedTime =
  | { readonly format: TimeFormat; readonly note: string | null }
  | { readonly format: 'undecided-order' }
  | { readonly format: null };

/** Tells how times are written from the first rows of a column. `date` is the day that the file's name tells, if any. */
export function sniffTime(cells: readonly string[], date: number | null): SniffedTime {
  const texts = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const most = (test: (cell: string) => boolean) => texts.filter(test).length > texts.length / 2;
  if (most((cell) => /^\d{8}(\D|$)/.test(cell) && reads({ kind: 'compact' }, cell)) || most(isLongCompact)) {
    return { format: { kind: 'compact' }, note: null };
  }
  if (most((cell) => /^-?\d+(\.\d+)?$/.test(cell))) return sniffFigures(texts, date);
  if (most((cell) => isoShape.test(cell))) return { format: { kind: 'iso' }, note: null };
  if (most((cell) => reads({ kind: 'month-name' }, cell))) return { format: { kind: 'month-name' }, note: null };
  if (most((cell) => numericDateParts(cell) !== null)) {
    const order = dateOrder(texts);
    if (order === null) return { format: 'undecided-order' };
    return { format: { kind: 'numeric', order }, note: `Dates are read as ${order.replaceAll('-', ', ')}.` };
  }
  return { format: null };
}

/** `yyyyMMddHHmm` or with seconds: twelve or fourteen figures that are a date and a clock time. */
function isLongCompact(cell: string): boolean {
  return /^\d{12}(\d{2})?$/.test(cell) && /^(19|20)/.test(cell) && reads({ kind: 'compact' }, cell);
}

function sniffFigures(texts: readonly string[], date: number | null): SniffedTime {
  const values = texts
    .map((text) => Math.abs(Number(text)))
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const middle = values[values.length >> 1]!;
  // Dates of Excel between 1954 and 2119; as seconds they would all be the first of January 1970.
  if (values[0]! >= 20_000 && values.at(-1)! < 80_000) {
    return { format: { kind: 'serial' }, note: 'Times are days as Excel counts them, since the end of 1899.' };
  }
  if (date !== null && values.at(-1)! < 86_400_000) {
    return {
      format: { kind: 'midnight', date },
      note: `Times are milliseconds since midnight of ${new Date(date / 1000).toISOString().slice(0, 10)}, the date in the file's name.`,
    };
  }
  const [, unit, name] = epochUnits.find(([below]) => middle < below) ?? [0, NaN, ''];
  if (Number.isNaN(unit)) return { format: null };
  return { format: { kind: 'epoch', unit }, note: `Times are ${name} since 1970, UTC.` };
}

/** Which figure is the month: decided by one that is no month, else by dots, which stand behind a day first. Null where none decides. */
export function dateOrder(cells: Iterable<string>): 'month-day-year' | 'day-month-year' | null {
  let dotted = false;
  for (const cell of cells) {
    const parts = numericDateParts(cell);
    if (!parts) continue;
    if (parts.first > 12 && parts.second <= 12) return 'day-month-year';
    if (parts.second > 12 && parts.first <= 12) return 'month-day-year';
    dotted ||= /^\d+\./.test(cell.trim());
  }
  return dotted ? 'day-month-year' : null;
}

export function refuseOpenOrder(name: string, cell: string): DataRefused {
  return new DataRefused(
    `Dates in ${name} such as ${cell} can be read month first or day first, and no row decides it. Say dateOrder month-day-year or day-month-year.`,
  );
}

export function refuseUnknownTime(name: string, title: string, cells: readonly string[]): DataRefused {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const shown = filled.find((cell) => !looksLikeTime(cell)) ?? filled[0] ?? '';
  return new DataRefused(
    `Column ${title} of ${name} should hold times, but "${shown.slice(0, 60)}" is none that Quarry reads. ` +
      'It reads 2024-03-14 15:30, 3/14/2024, 20240314 15:30, 14 Mar 2024 and seconds to nanoseconds since 1970.',
  );
}
