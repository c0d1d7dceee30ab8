import { cellText } from './read-number.js';

/** How a file writes time. `unit` is the microseconds of one epoch step. */
export type TimeFormat =
  | { readonly kind: 'iso' }
  | { readonly kind: 'compact' }
  | { readonly kind: 'numeric'; readonly order: 'month-day-year' | 'day-month-year' }
  | { readonly kind: 'month-name' }
  | { readonly kind: 'epoch'; readonly unit: number }
  | { readonly kind: 'midnight'; readonly date: number }
  | { readonly kind: 'serial' };

/**
 * What a cell's time says: `stamp` as written, in microseconds as if it were UTC; `offset` in minutes where the cell states one (0 for Z
 * and for epochs), else NaN; whether it has a time of day; whether parts of a microsecond were floored.
 */
export interface TimeRead {
  stamp: number;
  offset: number;
  hasTime: boolean;
  floored: boolean;
}

const second = 1_000_000;
export const dayMicros = 86_400 * second;
/** Years outside are slips of the pen, and would make tables of centuries. */
const firstYear = 1800;
const lastYear = 2200;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Makes a reader of one format. It fills `into` and answers whether the cell held such a time. */
export function timeReader(
  format: TimeFormat,
  into: TimeRead,
): (bytes: Uint8Array, from: number, to: number) => boolean {
  switch (format.kind) {
    case 'iso':
      return (bytes, from, to) => readIso(bytes, from, to, into);
    case 'compact':
      return (bytes, from, to) => readCompact(cellText(bytes, from, to).trim(), into);
    case 'numeric':
      return (bytes, from, to) => readNumeric(cellText(bytes, from, to).trim(), format.order, into);
    case 'month-name':
      return (bytes, from, to) => readMonthName(cellText(bytes, from, to).trim(), into);
    case 'epoch':
      return (bytes, from, to) => readEpoch(cellText(bytes, from, to).trim(), format.unit, into);
    case 'midnight':
      return (bytes, from, to) => readMidnight(cellText(bytes, from, to).trim(), format.date, into);
    case 'serial':
      return (bytes, from, to) => readSerial(cellText(bytes, from, to).trim(), into);
  }
}

/** Days since 1970-01-01 of a date of the Gregorian calendar (Howard Hinnant's days_from_civil); NaN where there is no such date. */
function dayNumber(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `yyyy-MM-dd`, also with / or . between, and behind T or a space a clock time and an offset. Reads bytes: this is the common case. */
function readIso(bytes: Uint8Array, start: number, end: number, into: TimeRead): boolean {
  let from = start;
  while (from < end && bytes[from] === 32) from++;
  const year = digits(bytes, from, 4);
  const separator = bytes[from + 4];
  if (!(separator === 45 || separator === 47 || separator === 46)) return false;
  let at = from + 5;
  const month = digitPair(bytes, at);
  at += month.length;
  if (bytes[at++] !== separator) return false;
  const monthValue = month.value;
  const day = digitPair(bytes, at);
  at += day.length;
  const date = dayNumber(year, monthValue, day.value);
  if (!(date === date) || at > end || year < firstYear || year > lastYear) return false;
  into.stamp = date * dayMicros;
  into.offset = NaN;
  into.hasTime = false;
  into.floored = false;
  while (end > at && bytes[end - 1] === 32) end--;
  if (at === end) return true;
  if (bytes[at] !== 32 && bytes[at] !== 84 && bytes[at] !== 116) return false;
  return addPlainClock(bytes, at + 1, end, into) || addClock(cellText(bytes, at + 1, end), into);
}

const pair = { value: 0, length: 0 };

function digitPair(bytes: Uint8Array, at: number): { value: number; length: number } {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  if (!(tens >= 0 && tens <= 9)) {
    pair.value = NaN;
    pair.length = 0;
  } else if (ones >= 0 && ones <= 9) {
    pair.value = tens * 10 + ones;
    pair.length = 2;
  } else {
    pair.value = tens;
    pair.length = 1;
  }
  return pair;
}

function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) {
    const digit = bytes[at + i]! - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Adds `HH:mm`, `HH:mm:ss` or `HH:mm:ss.SSS`, with or without a Z; false for anything else. */
function addPlainClock(bytes: Uint8Array, from: number, end: number, into: TimeRead): boolean {
  const isUtc = bytes[end - 1] === 90;
  const to = isUtc ? end - 1 : end;
  const length = to - from;
  if ((length !== 5 && length !== 8 && length !== 12) || bytes[from + 2] !== 58) return false;
  const hours = digits(bytes, from, 2);
  const minutes = digits(bytes, from + 3, 2);
  const seconds = length === 5 ? 0 : bytes[from + 5] === 58 ? digits(bytes, from + 6, 2) : NaN;
  const milliseconds = length < 12 ? 0 : bytes[from + 8] === 46 ? digits(bytes, from + 9, 3) : NaN;
  if (!(hours < 24 && minutes < 60 && seconds < 60 && milliseconds < 1000)) return false;
  into.stamp += ((hours * 60 + minutes) * 60 + seconds) * second + milliseconds * 1000;
  into.hasTime = true;
  if (isUtc) into.offset = 0;
  return true;
}

const clockPattern =
  /^(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,12}))?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)?$/i;

/** Adds a clock time, with an offset where one stands, to the date that `into` holds. */
export function addClock(text: string, into: TimeRead): boolean {
  const match = clockPattern.exec(text.trim());
  if (!match) return false;
  const [, h, m, s = '0', fraction = '', meridiem, zone] = match;
  let hours = Number(h);
  if (meridiem) {
    if (hours < 1 || hours > 12) return false;
    hours = (hours % 12) + (/^p/i.test(meridiem) ? 12 : 0);
  }
  const minutes = Number(m);
  const seconds = Number(s);
  if (hours > 23 || minutes > 59 || seconds > 59) return false;
  into.stamp += ((hours * 60 + minutes) * 60 + seconds) * second + Number(fraction.slice(0, 6).padEnd(6, '0'));
  into.floored = /[1-9]/.test(fraction.slice(6));
  into.hasTime = true;
  if (zone) into.offset = offsetMinutes(zone);
  return true;
}

function offsetMinutes(zone: string): number {
  if (/^[a-z]/i.test(zone)) return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const plain = zone.slice(1).replace(':', '');
  return sign * (Number(plain.slice(0, 2)) * 60 + Number(plain.slice(2) || '0'));
}

function setDate(year: number, month: number, day: number, into: TimeRead): boolean {
  const date = dayNumber(year, month, day);
  if (Number.isNaN(date) || year < firstYear || year > lastYear) return false;
  into.stamp = date * dayMicros;
  into.offset = NaN;
  into.hasTime = false;
  into.floored = false;
  return true;
}

/** `yyyyMMdd`, `yyyyMMdd HH:mm`, `yyyyMMddHHmmss` and their like. */
function readCompact(text: string, into: TimeRead): boolean {
  const match = /^(\d{4})(\d{2})(\d{2})(?:[ T]?(.+))?$/.exec(text);
  if (!match) return false;
  const [, year, month, day, clock] = match;
  if (!setDate(Number(year), Number(month), Number(day), into)) return false;
  return clock === undefined || addClock(clock, into);
}

const numericPattern = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:(?:,\s*|\s+|T)(.+))?$/;

/** The two leading figures of a date such as 3/14/2024; null where the text is no such date. */
export function numericDateParts(text: string): { first: number; second: number } | null {
  const match = numericPattern.exec(text.trim());
  return match && { first: Number(match[1]), second: Number(match[3]) };
}

function readNumeric(text: string, order: 'month-day-year' | 'day-month-year', into: TimeRead): boolean {
  const match = numericPattern.exec(text);
  if (!match) return false;
  const [, first, , other, yearText, clock] = match;
  const year = yearText!.length === 2 ? Number(yearText) + (Number(yearText) < 70 ? 2000 : 1900) : Number(yearText);
  const [month, day] = order === 'month-day-year' ? [first, other] : [other, first];
  if (!setDate(year, Number(month), Number(day), into)) return false;
  return clock === undefined || addClock(clock, into);
}

/** `Jan 1 2000`, `1 Jan 2000`, `01-Jan-2000`, `January 1, 2000`, with a clock time behind. */
function readMonthName(text: string, into: TimeRead): boolean {
  const match =
    /^(?:([a-z]{3})[a-z]*\.?[ -](\d{1,2}),?|(\d{1,2})[ -]([a-z]{3})[a-z]*\.?)[ -](\d{4})(?:,?[ T](.+))?$/i.exec(text);
  if (!match) return false;
  const [, nameFirst, dayAfter, dayFirst, nameAfter, year, clock] = match;
  const month = months.indexOf((nameFirst ?? nameAfter ?? '').toLowerCase()) + 1;
  if (!setDate(Number(year), month, Number(dayAfter ?? dayFirst), into)) return false;
  return clock === undefined || addClock(clock, into);
}

function readEpoch(text: string, unit: number, into: TimeRead): boolean {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return false;
  const dot = text.indexOf('.');
  const whole = dot < 0 ? text : text.slice(0, dot);
  const fraction = dot < 0 ? 0 : Number(`0${text.slice(dot)}`);
  return setEpoch(BigInt(whole), text.startsWith('-') ? -fraction : fraction, unit, into);
}

/** A count of epoch steps, whole and as a fraction of a step, as a time in whole microseconds. */
export function setEpoch(whole: bigint, fraction: number, unit: number, into: TimeRead): boolean {
  const micros = unit >= 1 ? Number(whole * BigInt(unit)) + fraction * unit : Number(whole / 1000n);
  const stamp = Math.floor(micros + 1e-4);
  if (!(stamp > -5e15 && stamp < 7.3e15)) return false;
  into.stamp = stamp;
  into.offset = 0;
  into.hasTime = true;
  into.floored = unit < 1 ? whole % 1000n !== 0n : micros - stamp > 1e-3;
  return true;
}

/** Milliseconds since midnight of the day that the file's name tells. */
function readMidnight(text: string, date: number, into: TimeRead): boolean {
  if (!/^\d{1,8}$/.test(text) || Number(text) >= 86_400_000) return false;
  into.stamp = date + Number(text) * 1000;
  into.offset = NaN;
  into.hasTime = true;
  into.floored = false;
  return true;
}

/** Days from the day zero of Excel, 30 December 1899, to 1970. */
const serialOfEpoch = 25_569;

/** A date as Excel counts it: days, with the time of day as a fraction, which is rounded to milliseconds as it is shown. */
function readSerial(text: string, into: TimeRead): boolean {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) return false;
  const milliseconds = Math.round((Number(text) - serialOfEpoch) * 86_400_000);
  into.stamp = milliseconds * 1000;
  into.offset = NaN;
  into.hasTime = milliseconds % 86_400_000 !== 0;
  into.floored = false;
  return true;
}
