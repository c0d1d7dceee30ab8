import type { Bars } from './bars.js';
import { momentAtOrAfter } from './pace.js';

/** A stretch of time, µs UTC: from an instant up to, but without, another. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Of each series, the bars that start within a range; their columns are views of the whole ones. */
export function barsBetween(bars: readonly Bars[], { from, to }: TimeRange): Bars[] {
  return bars.map((one) => {
    const first = momentAtOrAfter(one.time, from, 0);
    const end = Math.max(first, momentAtOrAfter(one.time, to, first));
    if (first === 0 && end === one.length) return one;
    const cut = (column: Float64Array): Float64Array => column.subarray(first, end);
    const { time, knownAt, open, high, low, close, volume, extra, actions } = one;
    return {
      ...one,
      length: end - first,
      ...{ time: cut(time), knownAt: cut(knownAt) },
      ...{ open: cut(open), high: cut(high), low: cut(low), close: cut(close), volume: cut(volume) },
      extra: Object.fromEntries(Object.entries(extra).map(([name, column]) => [name, cut(column)])),
      actions: actions && {
        splits: actions.splits && cut(actions.splits),
        dividends: actions.dividends && cut(actions.dividends),
        delisting: actions.delisting && cut(actions.delisting),
      },
    };
  });
}
