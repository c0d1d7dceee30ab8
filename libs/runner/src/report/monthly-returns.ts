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
  const localTime = localTimes(bars);
  let before = cash;
  let month = '';
  let nextMonthAt = -Infinity;
  for (let i = 0; i < bars.length; i++) {
    const local = localTime(i);
    if (local < nextMonthAt) continue;
    if (i > 0) {
      const end = equity[i - 1]!;
      months.push({ month, returns: end / before - 1 });
      before = end;
    }
    const date = new Date(local / 1000);
    month = date.toISOString().slice(0, 7);
    nextMonthAt = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) * 1000;
    i = lastBarUntil(bars.time, i, nextMonthAt - farthestOffset);
  }
  if (bars.length > 0) months.push({ month, returns: equity[bars.length - 1]! / before - 1 });
  return months;
}

/** No zone is farther from UTC. */
const farthestOffset = 15 * 60 * microsecondsPerMinute;

/** The last bar from `from` on that lies before a time, or `from` itself: the bars between need not be looked at. */
function lastBarUntil(time: Float64Array, from: number, until: number): number {
  let low = from;
  let high = time.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (time[middle]! < until) low = middle;
    else high = middle;
  }
  return low;
}

/** Local times of the bars, to be asked for in order: the zone's row is found by going on from the last one. */
function localTimes({ interval, time, zone }: Bars): (i: number) => number {
  const isDated = /(d|w|mo)$/.test(interval);
  let row = 0;
  return (i) => {
    const at = time[i]!;
    if (isDated && at % microsecondsPerDay === 0) return at;
    while (row + 1 < zone.from.length && zone.from[row + 1]! <= at) row++;
    return at + (zone.offsetMinutes[row] ?? 0) * microsecondsPerMinute;
  };
}
