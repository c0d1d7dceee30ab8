import type { Bars } from '../bars.js';
import { splitGrowth } from './growth.js';

const known = new WeakMap<Bars, Bars>();

/**
 * Bars in terms of the first bar's units: prices times, volumes by what one of these has become through splits, so that a
 * split is no move. Where the run carries out no split, the very same bars.
 */
export function inFirstUnits(bars: Bars): Bars {
  if (!bars.actions?.splits) return bars;
  const found = known.get(bars);
  if (found) return found;
  const growth = splitGrowth(bars)!;
  const price = (column: Float64Array) => column.map((value, bar) => value * growth[bar]!);
  const made = {
    ...bars,
    ...{ open: price(bars.open), high: price(bars.high), low: price(bars.low), close: price(bars.close) },
    volume: bars.volume.map((value, bar) => value / growth[bar]!),
    actions: { ...bars.actions, splits: null },
  };
  known.set(bars, made);
  return made;
}
