import { newColumn } from '../new-column.js';
import { requireWindow } from './window.js';

/**
 * Exponential moving average with smoothing 2 / (window + 1), begun with the simple average of the first `window` values
 * (Appel's convention, as in TA-Lib).
 */
export function emaColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('ema', window);
  return smoothed(values, window, 2 / (window + 1));
}

/** `average += weight * (value - average)`, begun with the mean of the first `window` values and anew after a gap. */
export function smoothed(values: Float64Array, window: number, weight: number): Float64Array {
  const length = values.length;
  const out = newColumn(length);
  let i = 0;
  while (i < length) {
    let sum = 0;
    let seen = 0;
    for (; i < length && seen < window; i++) {
      sum += values[i]!;
      seen++;
      out[i] = NaN;
      if (!Number.isFinite(sum)) sum = seen = 0;
    }
    if (seen < window) break;
    let average = sum / window;
    out[i - 1] = average;
    for (; i < length; i++) {
      average += weight * (values[i]! - average);
      out[i] = average;
      if (!(Math.abs(average) < Infinity)) {
        out[i++] = NaN;
        break;
      }
    }
  }
  return out;
}
