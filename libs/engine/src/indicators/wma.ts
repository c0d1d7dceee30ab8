import { newColumn } from '../new-column.js';
import { endsOf } from './rolling-sum.js';
import { nowhere, requireWindow } from './window.js';

/**
 * Weighted moving average: the newest of the last `window` values counts `window` times, the one before once less, the
 * oldest once.
 *
 * Summation: by blocks, as in rollingSum, with the weights counted from where a block begins.
 */
export function wmaColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('wma', window);
  const length = values.length;
  if (window > length) return nowhere(length);
  const out = newColumn(length);
  const ends = endsOf(window);
  const weightedEnds = endsOf(window);
  const divisor = (window * (window + 1)) / 2;
  for (let start = 0; start < length; start += window) {
    if (start > 0) {
      let sum = 0;
      let weighted = 0;
      for (let j = window - 1; j > 0; j--) {
        const value = values[start - window + j]!;
        ends[j] = sum += value;
        weightedEnds[j] = weighted += j * value;
      }
    }
    const stop = Math.min(length, start + window);
    let sum = 0;
    let weighted = 0;
    for (let i = start, j = 1; i < stop; i++, j++) {
      const value = values[i]!;
      sum += value;
      weighted += (window - 1 + j) * value;
      // The oldest value, number j of its block, counts once: every weight is j - 1 less than its number.
      const whole = (weightedEnds[j]! + weighted - (j - 1) * (ends[j]! + sum)) / divisor;
      out[i] = whole - whole === 0 ? whole : NaN;
    }
  }
  return out;
}
