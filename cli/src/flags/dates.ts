import { UsageError } from '../usage-error.js';

const shape = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** An ISO date or date-time that exists in the calendar, as it was written. */
export function dateFlag(flag: string, text: string): string {
  const match = shape.exec(text);
  if (match === null)
    throw new UsageError(`${flag} "${text}" is not a date. Write it like 2005-01-31 or 2005-01-31T14:30.`);
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists =
    date.getUTCMonth() + 1 === Number(month) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!exists)
    throw new UsageError(`${flag} "${text}" is not in the calendar. Write it like 2005-01-31 or 2005-01-31T14:30.`);
  return text.replace(' ', 'T');
}

/** Refuses a range that ends before it begins. A bare date is the whole day. */
export function checkRange(from: string | undefined, to: string | undefined): void {
  if (from === undefined || to === undefined) return;
  const end = Date.parse(to) + (to.length === 10 ? 86_399_999 : 0);
  if (Date.parse(from) > end) throw new UsageError(`--from ${from} is after --to ${to}. Swap them, or drop one.`);
}
