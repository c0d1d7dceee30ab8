import { emaColumn } from './ema.js';
import { requireWindow } from './window.js';

/** Triple exponential moving average (P. Mulloy, Stocks & Commodities 12:1, 1994): 3 EMA - 3 EMA² + EMA³. */
export function temaColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('tema', window);
  const once = emaColumn(values, window);
  const twice = emaColumn(once, window);
  const thrice = emaColumn(twice, window);
  for (let i = 0; i < thrice.length; i++) thrice[i]! += 3 * (once[i]! - twice[i]!);
  return thrice;
}
