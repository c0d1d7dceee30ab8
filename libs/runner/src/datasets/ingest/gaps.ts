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

/** Stretches in which bars lack that the calendar lets expect. Where clocks change, the time that passed counts, not the wall clock. */
export function findGaps(timeline: Timeline): Gap[] {
  const length = intervalMicros(timeline.interval);
  if (length === 0) return [];
  if (timeline.interval.endsWith('d'))
    return gapsBetween(timeline, (from, to) => missingDays(timeline, from, to, length));
  if (length >= dayMicros || timeline.calendar === '24/7') {
    return gapsBetween(timeline, (_from, _to, elapsed) => Math.round(elapsed / length) - 1);
  }
  const isOpen = openSlots(timeline, length);
  return gapsBetween(timeline, (from, to, elapsed) =>
    Math.min(missingSlots(from, to, length, isOpen), Math.round(elapsed / length) - 1),
  );
}

function gapsBetween(
  { symbol, interval, time, local }: Timeline,
  missing: (from: number, to: number, elapsed: number) => number,
): Gap[] {
  const usual = intervalMicros(interval) * 1.5;
  const gaps: Gap[] = [];
  for (let i = 1; i < time.length; i++) {
    const elapsed = time[i]! - time[i - 1]!;
    if (elapsed <= usual) continue;
    const missingBars = missing(local[i - 1]!, local[i]!, elapsed);
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

/**
 * Tells the times of day that trade, by weekday: those that hold a bar on at least half of the days seen. One day or two cannot tell that;
 * there, where nearly all bars follow each other, trading is from a day's first bar to its last, less what neither day holds.
 */
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
  const total = Uint32Array.from({ length: slots }, (_, slot) => counts.reduce((sum, one) => sum + one[slot]!, 0));
  const first = total.findIndex((count) => count > 0);
  const last = total.findLastIndex((count) => count > 0);
  if (allDays <= 2) {
    const regular =
      local.filter((time, i) => i > 0 && time - local[i - 1]! === length).length >= 0.8 * (local.length - 1);
    return (_day, slot) => regular && slot > first && slot < last && (allDays === 1 || total[slot]! > 0);
  }
  return (day, slot) => {
    const weekday = weekdayOf(day);
    if (days[weekday]! >= 3) return counts[weekday]![slot]! >= days[weekday]! / 2;
    if (weekday === 0 || weekday === 6) return false;
    return total[slot]! >= Math.max(2, allDays / 2);
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
