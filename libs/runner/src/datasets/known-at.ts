import { zoneTable, utcOf } from './zone.js';
import { barShift } from './ingest/bar-interval.js';

const day = 86_400_000_000;

/**
 * When sessions that are labelled by their date (00:00 UTC, ascending) were complete: the local midnight that ends the label's period, in µs
 * UTC. That is later than the exchange's close, never earlier.
 */
export function endOfSessions(labels: Float64Array, interval: string, timezone: string): Float64Array {
  const shift = barShift(interval);
  const ends = labels.map((label) => shift(label, 1));
  if (timezone === 'UTC' || labels.length === 0) return ends;
  const zone = zoneTable(timezone, ends[0]! - 2 * day, ends.at(-1)! + 2 * day);
  return ends.map((local) => utcOf(local, zone));
}
