import { blend } from './arithmetic.js';
import { smaColumn } from './sma.js';
import { requireWindow } from './window.js';
import { wmaColumn } from './wma.js';

/**
 * Least-squares moving average: where the straight line through the last `window` values ends, which is
 * 3 WMA - 2 SMA.
 */
export function lsmaColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('lsma', window, 'the window', 2);
  return blend(3, wmaColumn(values, window), -2, smaColumn(values, window));
}
