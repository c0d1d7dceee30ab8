import { blend } from './arithmetic.js';
import { emaColumn } from './ema.js';
import { requireWindow } from './window.js';

/** Double exponential moving average (P. Mulloy, Stocks & Commodities 12:1, 1994): 2 EMA - EMA of the EMA. */
export function demaColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('dema', window);
  const once = emaColumn(values, window);
  return blend(2, once, -1, emaColumn(once, window));
}
