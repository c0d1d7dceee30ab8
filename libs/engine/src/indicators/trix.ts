import { emaColumn } from './ema.js';
import { rocColumn } from './roc.js';
import { requireWindow } from './window.js';

/** TRIX (J. Hutson, Stocks & Commodities 1:5, 1983): change of a triply smoothed EMA from bar to bar, in percent. */
export function trixColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('trix', window);
  return rocColumn(emaColumn(emaColumn(emaColumn(values, window), window), window), 1);
}
