import { smaColumn } from './sma.js';
import { requireWindow } from './window.js';

/** Triangular moving average: a simple average of a simple average, both over half the window (as in TA-Lib). */
export function trimaColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('trima', window);
  return smaColumn(smaColumn(values, Math.floor(window / 2) + 1), Math.ceil(window / 2));
}
