import type { Refusals } from './refusals.js';
import { isoText } from './instants.js';
import type { SeriesBuilder } from './series-builder.js';

export interface RowOrder {
  /** Rows of the builder to keep, in order of time; null where all stand so already. */
  readonly order: Uint32Array | null;
  readonly outOfOrder: number;
  readonly duplicates: number;
  readonly newestFirst: boolean;
}

/**
 * Puts rows in order of time. A row that repeats another exactly is refused as such; rows that give one time different values are all
 * refused, since nobody can tell which is right. Trades may share a time and keep the file's order. A NaN time was refused before.
 */
export function orderRows(series: SeriesBuilder, time: Float64Array, isTrades: boolean, refusals: Refusals): RowOrder {
  let outOfOrder = 0;
  let equal = 0;
  let lost = 0;
  for (let i = 0, before = -Infinity; i < time.length; i++) {
    const now = time[i]!;
    if (now !== now) {
      lost++;
      continue;
    }
    if (now < before) outOfOrder++;
    if (now === before) equal++;
    before = now;
  }
  const newestFirst = outOfOrder > 0 && outOfOrder + equal >= time.length - lost - 1;
  if (outOfOrder === 0 && lost === 0 && (equal === 0 || isTrades))
    return { order: null, outOfOrder, duplicates: 0, newestFirst };

  let order = Uint32Array.from(time.keys());
  if (lost > 0) order = order.filter((row) => time[row] === time[row]);
  if (outOfOrder > 0) order.sort((a, b) => time[a]! - time[b]! || a - b);
  if (isTrades) return { order, outOfOrder, duplicates: 0, newestFirst };
  const kept = withoutRepeats(series, time, order, refusals);
  return { order: kept.order, outOfOrder, duplicates: kept.duplicates, newestFirst };
}

function withoutRepeats(series: SeriesBuilder, time: Float64Array, order: Uint32Array, refusals: Refusals) {
  let length = 0;
  let duplicates = 0;
  const kept = new Uint32Array(order.length);
  for (let at = 0; at < order.length;) {
    let end = at + 1;
    while (end < order.length && time[order[end]!] === time[order[at]!]) end++;
    const group = order.subarray(at, end);
    if (group.every((row) => sameValues(series, row, group[0]!))) {
      kept[length++] = group[0]!;
      duplicates += group.length - 1;
      for (const row of group.subarray(1))
        refuse(series, row, `repeats row ${series.rows[group[0]!]!} exactly`, refusals);
    } else {
      const numbers = [...group].map((row) => series.rows[row]!);
      for (const row of group) {
        const others = numbers.filter((number) => number !== series.rows[row]).slice(0, 3);
        refuse(series, row, `has the time of row ${others.join(' and ')}, with other values`, refusals);
      }
    }
    at = end;
  }
  return { order: kept.subarray(0, length), duplicates };
}

function sameValues({ columns }: SeriesBuilder, a: number, b: number): boolean {
  return columns.every((column) => Object.is(column[a], column[b]));
}

function refuse(series: SeriesBuilder, row: number, reason: string, refusals: Refusals): void {
  const values = series.columns.map((column) => column[row]);
  refusals.add(series.rows[row]!, reason, [isoText(series.stamps[row]!), ...values].join(', '));
}
