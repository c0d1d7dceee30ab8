import { DataRefused } from '../data-refused.js';
import { intervalMicros, intervalName, usualGap } from './bar-interval.js';

/**
 * The interval of each series of a file, by the usual distance of its rows. Symbols that trade thinly, or have one row, take the interval
 * that most rows have, unless theirs is five times longer: then the file mixes intervals. Throws DataRefused where nothing tells it.
 */
export function seriesIntervals(
  times: readonly Float64Array[],
  stated: string | undefined,
  datesOnly: boolean,
): readonly string[] {
  if (stated !== undefined) return times.map(() => stated);
  const inferred = times.map(inferInterval);
  const rows = new Map<string, number>();
  inferred.forEach((name, k) => {
    if (name !== null) rows.set(name, (rows.get(name) ?? 0) + times[k]!.length);
  });
  const [common] = [...rows].sort((a, b) => b[1] - a[1])[0] ?? [datesOnly ? '1d' : null];
  if (common === null) throw new DataRefused('One bar does not tell how long it is. Say interval, such as 1m or 1d.');
  return inferred.map((own) => {
    if (own === null) return common;
    const times = intervalMicros(own) / intervalMicros(common);
    return times > 1 && times < 5 ? common : own;
  });
}

/** Null where one time tells nothing. */
function inferInterval(times: Float64Array): string | null {
  const gap = usualGap(times);
  if (Number.isNaN(gap)) return null;
  const name = intervalName(gap);
  if (name !== null) return name;
  throw new DataRefused(
    `Neighbouring rows are usually ${(gap / 1_000_000).toPrecision(6)} s apart, which is no bar of whole seconds. Say interval, or bring trades with a price column.`,
  );
}
