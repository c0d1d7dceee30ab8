import { absolute, change, quotient } from './arithmetic.js';
import { emaColumn } from './ema.js';
import { requireWindow } from './window.js';

/**
 * True strength index, -100 to 100 (W. Blau, Stocks & Commodities 9:11, 1991): the doubly smoothed change over the doubly
 * smoothed size of it. 0 where nothing moved.
 */
export function tsiColumn(values: Float64Array, long: number, short: number): Float64Array {
  requireWindow('tsi', long, 'the long window');
  requireWindow('tsi', short, 'the short window');
  const moved = change(values);
  const twice = (x: Float64Array): Float64Array => emaColumn(emaColumn(x, long), short);
  return quotient(twice(moved), twice(absolute(moved)), 100, 0);
}
