import { isZone, offsetIn, zoneOffset, zoneTable } from '../zone.js';
import { DataRefused } from '../data-refused.js';
import { dayMicros } from './read-time.js';
import type { RowTable } from './row-table.js';

/** Zones that offsets in rows are held against, those without daylight saving first. */
const candidates = [
  ...['UTC', 'Asia/Tokyo', 'Asia/Hong_Kong', 'Asia/Kolkata', 'Africa/Johannesburg', 'America/Sao_Paulo', 'Asia/Dubai'],
  ...[
    'America/New_York',
    'America/Chicago',
    'America/Toronto',
    'America/Los_Angeles',
    'Europe/London',
    'Europe/Berlin',
  ],
  ...['Europe/Athens', 'Europe/Istanbul', 'Asia/Singapore', 'Asia/Bangkok', 'Australia/Sydney', 'Pacific/Auckland'],
];
const checkedRows = 5000;
const minute = 60_000_000;

export interface ZoneChoice {
  readonly timezone: string;
  readonly note: string | null;
}

/** The zone of a file's times: stated, shown by the rows' offsets, told by trading hours, or UTC. */
export function chooseZone(table: RowTable, stated: string | undefined): ZoneChoice {
  if (stated !== undefined) {
    if (!isZone(stated))
      throw new DataRefused(`There is no time zone ${stated}. Name one such as America/New_York or UTC.`);
    return { timezone: stated, note: null };
  }
  if (table.statedZone !== null) return { timezone: table.statedZone, note: null };
  const shown = zoneByOffsets(table);
  if (shown) return shown;
  if (table.datesOnly) return { timezone: 'UTC', note: null };
  if (hasUsHours(table)) {
    return {
      timezone: 'America/New_York',
      note: 'The times name no zone. Their hours on weekdays are those of US stocks, so they are read as America/New_York; say timezone if that is wrong.',
    };
  }
  return {
    timezone: 'UTC',
    note: 'The times name no zone and are read as UTC; say timezone if that is wrong.',
  };
}

function zoneByOffsets({ series }: RowTable): ZoneChoice | null {
  const rows: { utc: number; offset: number }[] = [];
  for (const { length, stamps, offsets } of series) {
    const stride = Math.max(1, Math.floor((length * series.length) / checkedRows));
    for (let i = 0; i < length; i += stride) {
      const offset = offsets[i]!;
      if (!Number.isNaN(offset)) rows.push({ utc: stamps[i]! - offset * minute, offset });
    }
  }
  if (rows.length === 0) return null;
  const times = rows.map(({ utc }) => utc);
  const from = times.reduce((a, b) => Math.min(a, b));
  const to = times.reduce((a, b) => Math.max(a, b));
  const first = rows.slice(0, 20);
  for (const name of candidates) {
    const offsetAt = zoneOffset(name);
    if (!first.every(({ utc, offset }) => offsetAt(utc) === offset)) continue;
    const zone = zoneTable(name, from, to + dayMicros);
    if (rows.every(({ utc, offset }) => offsetIn(zone, utc) === offset)) {
      const note = name === 'UTC' ? null : `The rows' offsets from UTC are those of ${name}.`;
      return { timezone: name, note };
    }
  }
  return {
    timezone: 'UTC',
    note: "The rows' offsets from UTC belong to no one zone that Quarry tries; days are those of UTC.",
  };
}

/** Weekday bars that begin at 9:30 and end by 16:00, or begin at 4:00 and end by 20:00, on most days. */
function hasUsHours({ series }: RowTable): boolean {
  const first = series[0];
  if (!first) return false;
  const days = new Map<number, { start: number; end: number }>();
  for (let i = 0; i < first.length; i++) {
    const stamp = first.stamps[i]!;
    const day = Math.floor(stamp / dayMicros);
    const at = (stamp - day * dayMicros) / minute;
    const known = days.get(day);
    if (!known) days.set(day, { start: at, end: at });
    else if (at < known.start) known.start = at;
    else if (at > known.end) known.end = at;
  }
  const seen = [...days];
  if (seen.some(([day]) => (day + 4) % 7 === 0 || (day + 4) % 7 === 6)) return false;
  const most = (test: (hours: { start: number; end: number }) => boolean) =>
    seen.filter(([, hours]) => test(hours)).length >= 0.8 * seen.length;
  const regular = most(({ start, end }) => start === 570 && end > 720 && end <= 960);
  const extended = most(({ start, end }) => start >= 240 && start <= 255 && end > 1080 && end <= 1200);
  return seen.length > 0 && (regular || extended);
}
