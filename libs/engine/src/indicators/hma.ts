import { blend } from './arithmetic.js';
import { requireWindow } from './window.js';
import { wmaColumn } from './wma.js';

/** Hull moving average (A. Hull, 2005): WMA of (2 WMA over half the window - WMA) over the window's square root. */
export function hmaColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('hma', window, 'the window', 2);
  const ahead = blend(2, wmaColumn(values, Math.floor(window / 2)), -1, wmaColumn(values, window));
  return wmaColumn(ahead, Math.floor(Math.sqrt(window)));
}
