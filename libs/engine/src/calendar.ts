import type { Bars, Zone } from './bars.js';

const minute = 60_000_000;
const day = 1440 * minute;
/** No zone is farther from UTC. */
const farthestOffset = 14 * 60 * minute;

/** Bars of a day or longer whose stamps are midnight UTC carry a session's date: a label that no zone shifts. */
export function carriesSessionDates({ interval, time, length }: Bars): boolean {
  return /(d|w|mo)$/.test(interval) && length > 0 && time[0]! % day === 0 && time[length - 1]! % day === 0;
}

/**
 * The moment at which a bar begins, µs UTC: its time, or, where that is a session's date, the midnight that begins the
 * date in the dataset's zone.
 */
export function beginOf(bars: Bars, bar: number): number {
  const time = bars.time[bar]!;
  return carriesSessionDates(bars) ? startOfDate(bars.zone, time) : time;
}

/** The moment at which a date begins in a zone, µs UTC; where clocks skip midnight, the moment at which they do. */
export function startOfDate(zone: Zone, label: number): number {
  const before = label - offsetAt(zone, label - farthestOffset) * minute;
  if (before + offsetAt(zone, before) * minute === label) return before;
  return Math.max(before, label - offsetAt(zone, label + farthestOffset) * minute);
}

/** Minutes that a zone is ahead of UTC at an instant; before its first row as there. */
export function offsetAt({ from, offsetMinutes }: Zone, time: number): number {
  let row = from.length - 1;
  while (row > 0 && time < from[row]!) row--;
  return offsetMinutes[row] ?? 0;
}

/** Reads dates and times of day off UTC microseconds, in a zone that is given as data. */
export class Calendar {
  readonly #zone: Zone | null;
  /** Row of the zone that held for the last time asked; times mostly come in order. */
  #row = 0;

  /** Without a zone, times are read as UTC. */
  constructor(zone: Zone | null) {
    this.#zone = zone && zone.from.length > 0 ? zone : null;
  }

  /** Whole days since the epoch. */
  day(time: number): number {
    return Math.floor(this.#local(time) / day);
  }

  /** As a number: 20201231. */
  date(time: number): number {
    return dateOfDay(this.day(time));
  }

  /** Minutes since midnight, 0 to 1439. */
  minuteOfDay(time: number): number {
    const local = this.#local(time);
    return Math.floor((local - Math.floor(local / day) * day) / minute);
  }

  /** 1 is Monday, 7 is Sunday. */
  weekday(time: number): number {
    // The epoch was a Thursday.
    const days = Math.floor(this.#local(time) / day) + 3;
    return days - Math.floor(days / 7) * 7 + 1;
  }

  #local(time: number): number {
    const zone = this.#zone;
    if (!zone) return time;
    let row = this.#row;
    while (row > 0 && time < zone.from[row]!) row--;
    while (row + 1 < zone.from.length && time >= zone.from[row + 1]!) row++;
    this.#row = row;
    return time + zone.offsetMinutes[row]! * minute;
  }
}

/** The calendar of a run: session dates are read as they stand, unless other bars come between them. */
export function calendarOf(bars: readonly Bars[]): Calendar {
  return new Calendar(bars.every(carriesSessionDates) ? null : bars[0]!.zone);
}

/** Days since the epoch as a date of the Gregorian calendar (H. Hinnant, civil_from_days). */
export function dateOfDay(days: number): number {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + dayOfMonth;
}
