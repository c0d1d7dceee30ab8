import { difference, quotient } from './arithmetic.js';
import type { HighLow } from './bar-columns.js';
import { emaColumn } from './ema.js';
import { rollingSum } from './rolling-sum.js';
import { requireWindow } from './window.js';

/** Mass index (D. Dorsey, Stocks & Commodities 10:6, 1992): summed ratio of the averaged range to its own average. */
export function massIndexColumn({ high, low }: HighLow, window: number, average: number): Float64Array {
  requireWindow('massIndex', window);
  requireWindow('massIndex', average, 'the window of the average');
  const once = emaColumn(difference(high, low), average);
  return rollingSum(quotient(once, emaColumn(once, average), 1, 1), window);
}
