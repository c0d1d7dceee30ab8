import type { Bars } from '../bars.js';
import { dividendAt, splitAt } from './action-at.js';

const known = new WeakMap<Float64Array, Float64Array>();

/**
 * How many units one unit of before the first bar has become at each bar by splits; null where none is carried out. A
 * price times this is in terms of the first bar's units: the past alone decides it, so it holds at every moment of a run.
 */
export function splitGrowth({ actions, length }: Bars): Float64Array | null {
  const splits = actions?.splits;
  if (!splits) return null;
  const found = known.get(splits);
  if (found?.length === length) return found;
  const growth = new Float64Array(length);
  for (let bar = 0, units = 1; bar < length; bar++) growth[bar] = units *= splitAt(actions, bar);
  known.set(splits, growth);
  return growth;
}

/**
 * The same with dividends reinvested: each buys more at the close before less the dividend, the price at which the symbol
 * would open if nothing else happened (CRSP's and Yahoo's adjustment factor 1 - D / C, turned round). NaN from a dividend
 * on that is no less than the close before. Null where nothing is carried out.
 */
export function totalGrowth({ actions, length, close }: Bars): Float64Array | null {
  if (!actions?.splits && !actions?.dividends) return null;
  const growth = new Float64Array(length);
  for (let bar = 0, units = 1; bar < length; bar++) {
    const ratio = splitAt(actions, bar);
    const dividend = bar === 0 ? 0 : dividendAt(actions, bar);
    const left = 1 - dividend / (close[bar - 1]! / ratio);
    units *= dividend === 0 ? ratio : left > 0 ? ratio / left : NaN;
    growth[bar] = units;
  }
  return growth;
}
