import type { Bars } from '@quarry/engine/host';

const microsecondsPerDay = 86_400e6;
const microsecondsPerMinute = 60e6;

export interface MonthlyReturn {
  /** `YYYY-MM` */
  readonly month: string;
  readonly returns: number;
}

/**
 * Equity at the last bar of each calendar month over that of the month before, minus one; the first month counts from
 * the starting cash. Months are those of the dataset's zone; bars of a day or longer stamped 00:00 UTC are dates already.
 */
export function monthlyReturns(bars: Bars, equity: Float64Array, cash: number): MonthlyReturn[] {
  const months: MonthlyReturn[] = [];
  let before = cash;
  let month = '';
  let nextMonthAt = -Infinity;
  for (let i = 0; i < bars.length; i++) {
    const local = localTime(bars, i);
    if (local < nextMonthAt) continue;
    if (i > 0) {
      const end = equity[i - 1]!;
      months.push({ month, returns: end / before - 1 });
      before = end;
    }
    const date = new Date(local / 1000);
    month = date.toISOString().slice(0, 7);
    nextMonthAt = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) * 1000;
  }
  if (bars.length > 0) months.push({ month, returns: equity[bars.length - 1]! / before - 1 });
  return months;
}

function localTime(bars: Bars, i: number): number {
  const time = bars.time[i]!;
  if (/(d|w|mo)$/.test(bars.interval) && time % microsecondsPerDay === 0) return time;
  return time + offsetAt(bars, time) * microsecondsPerMinute;
}

/** The zone's offset in minutes at a moment: that of the last row at or before it. */
function offsetAt({ zone }: Bars, time: number): number {
  let low = 0;
  let high = zone.from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (zone.from[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return zone.offsetMinutes[Math.max(0, low - 1)] ?? 0;
}
