import { newColumn } from '../new-column.js';
import { requireWindow } from './window.js';

/**
 * Average true range (Wilder 1978), in the price's unit. The true range is how far a bar reached, the close before it
 * included; its average begins with a simple mean of `window` of them, the first on the second bar, and is then smoothed
 * by 1 / window.
 */
export function atrColumn(high: Float64Array, low: Float64Array, close: Float64Array, window: number): Float64Array {
  requireWindow('atr', window);
  const length = close.length;
  const out = newColumn(length);
  const weight = 1 / window;
  let previous = NaN;
  let seen = 0;
  let average = 0;
  for (let i = 0; i < length; i++) {
    const range = Math.max(high[i]!, previous) - Math.min(low[i]!, previous);
    previous = close[i]!;
    if (seen === window) {
      average += (range - average) * weight;
      out[i] = average;
      if (average < Infinity) continue;
    } else if (range < Infinity) {
      average += range * weight;
      out[i] = ++seen < window ? NaN : average;
      continue;
    }
    seen = average = 0;
    out[i] = NaN;
  }
  return out;
}
