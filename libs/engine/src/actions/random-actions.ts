import { inBasis } from './in-basis.js';
import { actionColumns, actionsOf } from './price-basis.js';
import type { Bars } from '../bars.js';
import { seededRandom } from '../random.js';

/**
 * Bars with a split or a dividend every few bars and, mostly, a delisting at the last, the same for the same seed. Prices
 * are those that would have been traded had the given ones been adjusted for the splits.
 */
export function withRandomActions(bars: Bars, seed: number): Bars {
  const random = seededRandom(seed);
  const { open, high, low, close, volume, length } = bars;
  const stockSplits = close.map(() => (random() < 0.06 ? [4, 2, 1.5, 1 / 3][Math.floor(4 * random())]! : NaN));
  const extra = {
    [actionColumns.splits]: stockSplits,
    [actionColumns.dividends]: close.map((price) => (random() < 0.06 ? price * 0.03 * random() : NaN)),
    [actionColumns.delisting]: close.map((price, bar) =>
      bar === length - 1 && random() < 0.7 ? price * random() : NaN,
    ),
  };
  const raw = inBasis({ open, high, low, close, volume, ...extra }, 'split-adjusted', 'raw');
  const prices = {
    open: raw['open']!,
    high: raw['high']!,
    low: raw['low']!,
    close: raw['close']!,
    volume: raw['volume']!,
  };
  return { ...bars, ...prices, actions: actionsOf({ ...extra, dividends: raw[actionColumns.dividends]! }, 'raw') };
}
