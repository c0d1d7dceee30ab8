import { dayMicros, daysIn } from './read-time.js';

const sampled = 50_000;
const minute = 60_000_000;

/** The usual distance of neighbouring times: the median of up to fifty thousand of them, zeros left out. NaN where there is none. */
export function usualGap(times: Float64Array): number {
  const stride = Math.max(1, Math.floor(times.length / sampled));
  const gaps: number[] = [];
  for (let i = 1; i < times.length; i += stride) {
    const gap = times[i]! - times[i - 1]!;
    if (gap > 0) gaps.push(gap);
  }
  if (gaps.length === 0) return NaN;
  return Float64Array.from(gaps).sort()[(gaps.length - 1) >> 1]!;
}

/** An interval's name for a usual gap in microseconds; null where it is no whole second. */
export function intervalName(gap: number): string | null {
  const days = gap / dayMicros;
  if (days >= 27) return `${Math.max(1, Math.round(days / 30.44))}mo`;
  if (days >= 5.5) return `${Math.round(days / 7)}w`;
  if (days >= 0.95) return `${Math.round(days)}d`;
  if (gap % (60 * minute) === 0) return `${gap / (60 * minute)}h`;
  if (gap % minute === 0) return `${gap / minute}m`;
  return gap >= 1_000_000 && gap % 1_000_000 === 0 ? `${gap / 1_000_000}s` : null;
}

const units: Readonly<Record<string, number>> = {
  s: 1_000_000,
  m: minute,
  h: 60 * minute,
  d: dayMicros,
  w: 7 * dayMicros,
};

/** Length in microseconds; a month counts as 30 days, a tick as 0. */
export function intervalMicros(interval: string): number {
  const { count, unit } = parts(interval);
  if (unit === 'mo') return count * 30 * dayMicros;
  return count * (units[unit] ?? 0);
}

/** Moves a time by so many bars of an interval, later or (negative) earlier; months by the calendar, in UTC. */
export function barShift(interval: string): (time: number, bars: 1 | -1) => number {
  const { count, unit } = parts(interval);
  if (unit === 'mo') return (time, bars) => monthsLater(time, bars * count);
  const length = intervalMicros(interval);
  return (time, bars) => time + bars * length;
}

function monthsLater(time: number, months: number): number {
  const day = Math.floor(time / dayMicros) * dayMicros;
  const date = new Date(day / 1000);
  const month = date.getUTCMonth() + months;
  const year = date.getUTCFullYear() + Math.floor(month / 12);
  const monthOfYear = ((month % 12) + 12) % 12;
  const dayOfMonth = Math.min(date.getUTCDate(), daysIn(year, monthOfYear + 1));
  return Date.UTC(year, monthOfYear, dayOfMonth) * 1000 + (time - day);
}

function parts(interval: string): { count: number; unit: string } {
  const match = /^(\d+)(s|mo|m|h|d|w)$/.exec(interval);
  return match ? { count: Number(match[1]), unit: match[2]! } : { count: 0, unit: 'tick' };
}
