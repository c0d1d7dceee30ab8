import type { Bars, Interval, Zone } from './bars.js';
import { dateOfDay, offsetAt, startOfDate } from './calendar.js';
import { intervalLength } from './metrics/session-days.js';

const minute = 60e6;
const day = 1440 * minute;

/** Bars of a longer interval made of shorter ones; each holds those that were completed after its start and by its end. */
export function coarserBars(fine: Bars, interval: Interval): Bars {
  requireLonger(fine.interval, interval);
  const span = spanWith(interval);
  const firsts = new Int32Array(fine.length);
  const time = new Float64Array(fine.length);
  const knownAt = new Float64Array(fine.length);
  let length = 0;
  let end = -Infinity;
  for (let i = 0; i < fine.length; i++) {
    const within = fine.knownAt[i]! - 1;
    if (within < end) continue;
    const { label, until } = span(fine.zone, within);
    time[length] = label;
    knownAt[length] = end = until;
    firsts[length++] = i;
  }
  const fold = (column: Float64Array, all: (column: Float64Array, from: number, to: number) => number) => {
    const out = new Float64Array(length);
    for (let k = 0; k < length; k++) out[k] = all(column, firsts[k]!, k + 1 < length ? firsts[k + 1]! : fine.length);
    return out;
  };
  return {
    ...{ symbol: fine.symbol, interval, zone: fine.zone, length },
    time: time.slice(0, length),
    knownAt: knownAt.slice(0, length),
    open: fold(fine.open, (column, from) => column[from]!),
    high: fold(fine.high, highest),
    low: fold(fine.low, lowest),
    close: fold(fine.close, last),
    volume: fold(fine.volume, total),
    extra: Object.fromEntries(Object.entries(fine.extra).map(([name, column]) => [name, fold(column, last)])),
  };
}

interface Span {
  /** Time of the bar: its start, or the date on which it starts, as a label at 00:00 UTC. */
  readonly label: number;
  /** The first moment after it, µs UTC. */
  readonly until: number;
}

/** Which bar of an interval an instant lies in. */
function spanWith(interval: Interval): (zone: Zone, instant: number) => Span {
  if (interval === '1d') return (zone, instant) => dates(zone, dayOf(zone, instant), 1);
  if (interval === '1w') {
    return (zone, instant) => {
      const date = dayOf(zone, instant);
      // The epoch was a Thursday.
      return dates(zone, date - (date + 3 - Math.floor((date + 3) / 7) * 7), 7);
    };
  }
  if (interval === '1mo') return monthOf;
  const length = intervalLength(interval);
  return (zone, instant) => {
    const date = dayOf(zone, instant);
    const midnight = startOfDate(zone, date * day);
    const label = midnight + Math.floor((instant - midnight) / length) * length;
    return { label, until: Math.min(label + length, startOfDate(zone, (date + 1) * day)) };
  };
}

/** The calendar month; the shortest has 28 days. */
function monthOf(zone: Zone, instant: number): Span {
  const date = dayOf(zone, instant);
  const first = date - (dateOfDay(date) % 100) + 1;
  let next = first + 28;
  while (dateOfDay(next) % 100 !== 1) next++;
  return dates(zone, first, next - first);
}

function dates(zone: Zone, date: number, count: number): Span {
  return { label: date * day, until: startOfDate(zone, (date + count) * day) };
}

/** The date in the zone, as days since the epoch. */
function dayOf(zone: Zone, instant: number): number {
  return Math.floor((instant + offsetAt(zone, instant) * minute) / day);
}

function requireLonger(from: Interval, to: Interval): void {
  const [short, long] = [intervalLength(from), intervalLength(to)];
  const isKnown = /^(\d+[smh]|1d|1w|1mo)$/.test(to) && (long < day || /(d|w|mo)$/.test(to));
  if (!isKnown || !(long > 0)) {
    throw new RangeError(
      `resample: "${to}" is none of its intervals. Give less than a day, such as 15m or 4h, or 1d, 1w, 1mo.`,
    );
  }
  if (!(short > 0 && long > short && (long % short === 0 || to === '1mo'))) {
    throw new RangeError(
      `resample: bars of ${from} do not make bars of ${to}. Give an interval that holds a whole number of them.`,
    );
  }
}

function highest(column: Float64Array, from: number, to: number): number {
  let value = column[from]!;
  for (let i = from + 1; i < to; i++) value = Math.max(value, column[i]!);
  return value;
}

function lowest(column: Float64Array, from: number, to: number): number {
  let value = column[from]!;
  for (let i = from + 1; i < to; i++) value = Math.min(value, column[i]!);
  return value;
}

function last(column: Float64Array, _from: number, to: number): number {
  return column[to - 1]!;
}

function total(column: Float64Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value += column[i]!;
  return value;
}
