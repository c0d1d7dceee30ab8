import { newColumn } from '../new-column.js';
import { requireWindow } from './window.js';

/**
 * McGinley dynamic (J. R. McGinley, Journal of Technical Analysis, 1990): moves by (value - average) over
 * window (value / average)⁴, so it follows a fall faster than a rise. For prices above 0. Begins with the mean of the
 * first `window` values.
 */
export function mcginleyColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('mcginley', window);
  const out = newColumn(values.length);
  let seen = 0;
  let average = 0;
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!;
    if (!(Math.abs(value) < Infinity)) {
      seen = average = 0;
      out[i] = NaN;
      continue;
    }
    if (seen < window) {
      average += value;
      if (++seen === window) average /= window;
    } else {
      const ratio = (value / average) ** 2;
      // Never beyond the value itself: far below the average the published step would overshoot it.
      average += (value - average) / Math.max(1, window * ratio * ratio);
    }
    out[i] = seen < window ? NaN : average;
  }
  return out;
}
