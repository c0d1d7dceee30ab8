import { difference } from './arithmetic.js';
import type { Prices } from './bar-columns.js';
import { smaColumn } from './sma.js';
import { requireWindow } from './window.js';

/** QStick (T. Chande and S. Kroll, 1994): the average of close less open, in the price's unit. */
export function qstickColumn({ open, close }: Prices, window: number): Float64Array {
  requireWindow('qstick', window);
  return smaColumn(difference(close, open), window);
}
