import type { Zone } from '@quarry/engine/host';

const week = 7 * 86_400_000_000;
const second = 1_000_000;

/** Answers a zone's offset from UTC, in minutes, at a UTC instant in microseconds. Throws RangeError for a zone that nobody knows. */
export function zoneOffset(name: string): (utc: number) => number {
  if (name === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (utc) => {
    const seconds = Math.floor(utc / second);
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(seconds * 1000)) part[type] = Number(value);
    const local = Date.UTC(
      part['year']!,
      part['month']! - 1,
      part['day'],
      part['hour'],
      part['minute'],
      part['second'],
    );
    return (local / 1000 - seconds) / 60;
  };
}

export function isZone(name: string): boolean {
  try {
    zoneOffset(name)(0);
    return true;
  } catch {
    return false;
  }
}

/**
 * A zone's offsets over a range of time (µs, UTC) as a table of transitions, found to the second. The first row stands at the range's
 * beginning. Offsets that hold for less than a week are not seen.
 */
export function zoneTable(name: string, from: number, to: number): Zone {
  const offsetAt = zoneOffset(name);
  const starts = [from];
  const offsets = [offsetAt(from)];
  for (let at = from; at < to && name !== 'UTC'; at += week) {
    const end = Math.min(at + week, to);
    const before = offsetAt(at);
    const after = offsetAt(end);
    if (before === after) continue;
    starts.push(transitionIn(at, end, offsetAt));
    offsets.push(after);
  }
  return { name, from: Float64Array.from(starts), offsetMinutes: Float64Array.from(offsets) };
}

function transitionIn(from: number, to: number, offsetAt: (utc: number) => number): number {
  const before = offsetAt(from);
  let low = Math.floor(from / second);
  let high = Math.ceil(to / second);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * second) === before) low = middle;
    else high = middle;
  }
  return high * second;
}

/** Offset in minutes of a table at a UTC instant in microseconds. */
export function offsetIn(zone: Zone, utc: number): number {
  const { from, offsetMinutes } = zone;
  let low = 0;
  let high = from.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (from[middle]! <= utc) low = middle;
    else high = middle - 1;
  }
  return offsetMinutes[low]!;
}

/** The UTC instant of a local wall time; of a doubled hour the first, of a skipped one the moment the clocks went forward by as much. */
export function utcOf(local: number, zone: Zone): number {
  const guess = local - offsetIn(zone, local - 14 * 3_600_000_000) * 60_000_000;
  if (guess + offsetIn(zone, guess) * 60_000_000 === local) return guess;
  return local - offsetIn(zone, local + 14 * 3_600_000_000) * 60_000_000;
}
