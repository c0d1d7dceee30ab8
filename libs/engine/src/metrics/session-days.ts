import type { Bars, Interval, Zone } from '../bars.js';
import { carriesSessionDates } from '../calendar.js';

const microsecondsPerDay = 86_400e6;
const microsecondsPerUnit = { s: 1e6, m: 60e6, h: 3_600e6, d: 86_400e6, w: 604_800e6, mo: 2_629_800e6 } as const;

/** Length of a bar in µs (a month is a twelfth of 365.25 days); 0 for ticks. */
export function intervalLength(interval: Interval): number {
  const match = /^(\d+)(mo|[smhdw])$/.exec(interval);
  if (!match) return 0;
  return Number(match[1]) * microsecondsPerUnit[match[2] as keyof typeof microsecondsPerUnit];
}

/** Whether several bars make a day. */
export function isIntraday(bars: Bars): boolean {
  return intervalLength(bars.interval) < microsecondsPerDay;
}

/** Monday is 0, Sunday 6. `day` counts from 1970-01-01, a Thursday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The last bar of each day and that day, counted from 1970-01-01. */
export interface DayCloses {
  readonly bars: readonly number[];
  readonly days: readonly number[];
}

/**
 * Where each day ends. Bars belong to the local day on which they start, in the dataset's zone unless another is given (null
 * is UTC); daily or longer bars stamped 00:00 UTC carry their session's date. Jumps from one end of a day to the next.
 */
export function dayCloses(bars: Bars, given: Zone | null = bars.zone): DayCloses {
  const { time, length } = bars;
  const zone = carriesSessionDates(bars) ? null : given;
  const found: number[] = [];
  const days: number[] = [];
  let day = NaN;
  let until = -Infinity;
  for (let i = 0; i < length; i = firstAtOrAfter(time, until, i + 1)) {
    const now = time[i]!;
    const local = zone ? localDay(zone, now) : { day: Math.floor(now / microsecondsPerDay), until: nextMidnight(now) };
    until = local.until;
    if (local.day === day) continue;
    if (i > 0) found.push(i - 1);
    days.push(local.day);
    day = local.day;
  }
  if (length > 0) found.push(length - 1);
  return { bars: found, days };
}

/** The first bar at or after an instant, from bar `from` on: doubling steps, then halving ones. */
function firstAtOrAfter(time: Float64Array, instant: number, from: number): number {
  let step = 1;
  let low = from;
  while (low + step < time.length && time[low + step]! < instant) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, time.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nextMidnight(time: number): number {
  return (Math.floor(time / microsecondsPerDay) + 1) * microsecondsPerDay;
}

/** The local day of an instant, and until when (µs UTC) neither day nor offset changes. */
function localDay(zone: Zone, time: number): { day: number; until: number } {
  let row = -1;
  while (row + 1 < zone.from.length && zone.from[row + 1]! <= time) row++;
  const offset = row < 0 ? (zone.offsetMinutes[0] ?? 0) : zone.offsetMinutes[row]!;
  const shift = offset * 60e6;
  const day = Math.floor((time + shift) / microsecondsPerDay);
  const midnight = (day + 1) * microsecondsPerDay - shift;
  return { day, until: Math.min(midnight, zone.from[row + 1] ?? Infinity) };
}
