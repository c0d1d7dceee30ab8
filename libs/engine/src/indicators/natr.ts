import { quotient } from './arithmetic.js';
import { atrColumn } from './atr.js';
import type { HighLowClose } from './bar-columns.js';
import { requireWindow } from './window.js';

/** Normalised average true range: in percent of the close (J. Forman, Stocks & Commodities 24:5, 2006). */
export function natrColumn({ high, low, close }: HighLowClose, window: number): Float64Array {
  requireWindow('natr', window);
  return quotient(atrColumn(high, low, close, window), close, 100, NaN);
}
