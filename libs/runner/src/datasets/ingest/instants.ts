import type { Zone } from '@quarry/engine/host';
import { offsetIn, utcOf } from '../zone.js';
import type { Refusals } from './refusals.js';
import type { SeriesBuilder } from './series-builder.js';
import { dayMicros } from './read-time.js';

const minute = 60_000_000;

export interface Instants {
  /** µs UTC per row of the builder; NaN where the row was refused. */
  readonly utc: Float64Array;
  /** The same in the dataset's zone. */
  readonly local: Float64Array;
  /** Rows of a doubled hour that were told apart by their order. */
  readonly doubled: number;
  readonly allMidnight: boolean;
}

/**
 * Turns times as written into instants. A row with an offset is exact. A wall time that clocks skipped is refused; one that came twice
 * is its first coming, or the second where the row before has already reached the first.
 */
export function instantsOf(series: SeriesBuilder, zone: Zone, datesOnly: boolean, refusals: Refusals): Instants {
  const { length, stamps, offsets, rows } = series;
  const utc = new Float64Array(length);
  const local = new Float64Array(length);
  const simple = zone.from.length === 1;
  let doubled = 0;
  let allMidnight = true;
  let before = -Infinity;
  for (let i = 0; i < length; i++) {
    const stamp = stamps[i]!;
    const offset = offsets[i]!;
    if (offset === offset) {
      utc[i] = stamp - offset * minute;
      local[i] = utc[i]! + offsetIn(zone, utc[i]!) * minute;
    } else if (datesOnly || simple) {
      local[i] = stamp;
      utc[i] = stamp - zone.offsetMinutes[0]! * minute;
    } else {
      local[i] = stamp;
      let instant = utcOf(stamp, zone);
      if (instant + offsetIn(zone, instant) * minute !== stamp) {
        refusals.add(rows[i]!, `has a time that clocks skipped in ${zone.name}`, isoText(stamp));
        instant = NaN;
      } else if (instant <= before) {
        const later = instant + 60 * minute;
        if (later + offsetIn(zone, later) * minute === stamp) {
          instant = later;
          doubled++;
        }
      }
      utc[i] = instant;
      if (instant === instant) before = instant;
    }
    if (local[i]! % dayMicros !== 0) allMidnight = false;
  }
  return { utc, local, doubled, allMidnight };
}

export function isoText(stamp: number): string {
  return new Date(Math.floor(stamp / 1000)).toISOString().slice(0, 19).replace('T', ' ');
}
