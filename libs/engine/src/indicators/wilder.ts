import { smoothed } from './ema.js';
import { requireWindow } from './window.js';

/**
 * Wilder's moving average, also called RMA or SMMA: smoothing 1 / window, begun with the mean of the first `window`
 * values (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978).
 */
export function wilderColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('wilder', window);
  return smoothed(values, window, 1 / window);
}
