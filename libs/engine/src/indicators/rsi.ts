import { newColumn } from '../new-column.js';
import { requireWindow } from './window.js';

/**
 * Relative strength index, 0 to 100 (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978): average gain
 * over average gain plus average loss, both begun with a simple mean of `window` changes and then smoothed by 1 / window.
 * First defined after `window` changes. 50 where nothing moved.
 */
export function rsiColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('rsi', window);
  const length = values.length;
  const out = newColumn(length);
  const weight = 1 / window;
  let previous = NaN;
  let seen = 0;
  let gain = 0;
  let loss = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    const change = value - previous;
    previous = value;
    if (!(Math.abs(change) < Infinity)) {
      seen = gain = loss = 0;
      out[i] = NaN;
      continue;
    }
    // Exactly the change or 0, without a branch that is taken at random.
    const up = (change + Math.abs(change)) / 2;
    const down = up - change;
    if (seen < window) {
      seen++;
      gain += up * weight;
      loss += down * weight;
    } else {
      gain += (up - gain) * weight;
      loss += (down - loss) * weight;
    }
    const both = gain + loss;
    out[i] = seen < window ? NaN : both === 0 ? 50 : (100 * gain) / both;
  }
  return out;
}
