import type { DatasetInfo, QualityReport } from '@quarry/contracts';
import { intervalMicros } from './bar-interval.js';
import { dayMicros } from './read-time.js';
import { weekdayOf } from './session-calendar.js';

export type Gap = QualityReport['gaps'][number];

/** Weekdays in a row that may lack before it counts as a gap: exchanges close for holidays, and one closed for four days in 2001. */
const weekdaysAllowed = { '24/7': 0, weekdays: 1, sessions: 4 } satisfies Record<DatasetInfo['calendar'], number>;

interface Timeline {
  readonly symbol: string;
  readonly interval: string;
  readonly calendar: DatasetInfo['calendar'];
  /** Bar starts, ascending, µs UTC, and the same in the dataset's zone. */
  readonly time: Float64Array;
  readonly local: Float64Array;
}

/** Stretches in which bars lack that the calendar lets expect. */
export function findGaps(timeline: Timeline): Gap[] {
  const length = intervalMicros(timeline.interval);
  if (length === 0) return [];
  if (timeline.interval.endsWith('d'))
    return gapsBetween(timeline, (from, to) => missingDays(timeline, from, to, length));
  if (length >= dayMicros || timeline.calendar === '24/7') {
    return gapsBetween(timeline, (from, to) => Math.round((to - from) / length) - 1);
  }
  const isOpen = openSlots(timeline, length);
  return gapsBetween(timeline, (from, to) => missingSlots(from, to, length, isOpen));
}

function gapsBetween(
  { symbol, interval, time, local }: Timeline,
  missing: (from: number, to: number) => number,
): Gap[] {
  const usual = intervalMicros(interval) * 1.5;
  const gaps: Gap[] = [];
  for (let i = 1; i < time.length; i++) {
    if (local[i]! - local[i - 1]! <= usual) continue;
    const missingBars = missing(local[i - 1]!, local[i]!);
    if (missingBars > 0) gaps.push({ symbol, from: time[i - 1]!, to: time[i]!, missingBars });
  }
  return gaps;
}

function missingDays({ calendar }: Timeline, from: number, to: number, length: number): number {
  const step = length / dayMicros;
  if (calendar === '24/7' || step > 1) return Math.max(0, Math.round((to - from) / length) - 1 - (step > 1 ? 2 : 0));
  let weekdays = 0;
  for (let day = Math.floor(from / dayMicros) + 1; day < Math.floor(to / dayMicros); day++) {
    if (weekdayOf(day) !== 0 && weekdayOf(day) !== 6) weekdays++;
  }
  return weekdays > weekdaysAllowed[calendar] ? weekdays : 0;
}

/** Tells the times of day that trade, by weekday: those that hold a bar on at least half of the days seen. */
function openSlots({ local }: Timeline, length: number): (day: number, slot: number) => boolean {
  const slots = Math.ceil(dayMicros / length);
  const counts = Array.from({ length: 7 }, () => new Uint32Array(slots));
  const days = Array.from({ length: 7 }, () => 0);
  let lastDay = NaN;
  for (const time of local) {
    const day = Math.floor(time / dayMicros);
    const weekday = weekdayOf(day);
    if (day !== lastDay) days[weekday]!++;
    lastDay = day;
    counts[weekday]![Math.floor((time - day * dayMicros) / length)]!++;
  }
  const allDays = days.reduce((a, b) => a + b, 0);
  return (day, slot) => {
    const weekday = weekdayOf(day);
    if (days[weekday]! >= 3) return counts[weekday]![slot]! >= days[weekday]! / 2;
    if (weekday === 0 || weekday === 6) return false;
    return counts.reduce((sum, one) => sum + one[slot]!, 0) >= Math.max(2, allDays / 2);
  };
}

/** Open slots on the first day after the last bar, and on the last day before the next; whole days between are the calendar's. */
function missingSlots(
  from: number,
  to: number,
  length: number,
  isOpen: (day: number, slot: number) => boolean,
): number {
  const firstDay = Math.floor(from / dayMicros);
  const lastDay = Math.floor(to / dayMicros);
  const slotOf = (time: number, day: number) => Math.floor((time - day * dayMicros) / length);
  const perDay = Math.ceil(dayMicros / length);
  let missing = 0;
  const count = (day: number, start: number, end: number) => {
    for (let slot = start; slot < end; slot++) if (isOpen(day, slot)) missing++;
  };
  if (firstDay === lastDay) count(firstDay, slotOf(from, firstDay) + 1, slotOf(to, lastDay));
  else {
    count(firstDay, slotOf(from, firstDay) + 1, perDay);
    count(lastDay, 0, slotOf(to, lastDay));
  }
  return missing;
}
