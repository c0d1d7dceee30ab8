import { change, product } from './arithmetic.js';
import { emaColumn } from './ema.js';
import { requireWindow } from './window.js';

/** Force index (A. Elder, Trading for a Living, 1993): the EMA of each bar's change of the close times its volume. */
export function forceIndexColumn(close: Float64Array, volume: Float64Array, window: number): Float64Array {
  requireWindow('forceIndex', window);
  return emaColumn(product(change(close), volume), window);
}
