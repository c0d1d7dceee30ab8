import type { DatasetInfo } from '@quarry/contracts';
import { dayMicros } from './read-time.js';

const hourMicros = dayMicros / 24;

/** Sunday 0 … Saturday 6 of a day number since 1970-01-01, a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/**
 * When a market is open, by its bars: at weekends too (`24/7`), round the clock on weekdays (`weekdays`, where now and then a Sunday
 * evening belongs to Monday), else `sessions`. Weeks and months do not tell, and are `sessions`.
 * `local` are bar starts in the dataset's zone; `interval` their length in microseconds.
 */
export function calendarOf(local: Float64Array, interval: number): DatasetInfo['calendar'] {
  if (interval > dayMicros) return 'sessions';
  const isIntraday = interval < dayMicros;
  const days = new Set<number>();
  const hours = new Set<number>();
  let lastHour = NaN;
  for (const time of local) {
    const hour = Math.floor(time / hourMicros);
    if (hour === lastHour) continue;
    lastHour = hour;
    days.add(Math.floor(hour / 24));
    if (isIntraday) hours.add(((hour % 24) + 24) % 24);
  }
  const list = [...days].sort((a, b) => a - b);
  const weekend = list.filter((day) => weekdayOf(day) === 0 || weekdayOf(day) === 6).length;
  if (weekend / list.length >= 0.2) return '24/7';
  if (!isIntraday) return weekend > 0.02 * list.length ? 'weekdays' : 'sessions';
  if (hours.size === 24 && !crossesWeekend(list)) return '24/7';
  return hours.size >= 22 ? 'weekdays' : 'sessions';
}

function crossesWeekend(days: readonly number[]): boolean {
  const first = days[0]!;
  const last = days.at(-1)!;
  for (let day = first; day <= last && day < first + 7; day++) if (weekdayOf(day) === 6) return true;
  return false;
}
