import { newColumn } from '../new-column.js';
import { renewalOf, requireWindow } from './window.js';

/**
 * Simple moving average: the mean of the last `window` values.
 *
 * Summation: a running sum (add the new, drop the old), renewed from the window itself every 1,024 bars (every four
 * windows where that is more). Its error is that of so many additions and does not grow with the series; a plain running
 * sum drifts without bound, which on a million bars was seen to change trades.
 */
export function smaColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('sma', window);
  const length = values.length;
  const out = newColumn(length);
  const stretch = renewalOf(window);
  for (let from = 0; from < length; from += stretch) {
    const to = Math.min(length, from + stretch);
    let sum = 0;
    for (let i = Math.max(0, from - window); i < from; i++) sum += values[i]!;
    let i = from;
    for (; i < window && i < to; i++) {
      sum += values[i]!;
      out[i] = i === window - 1 ? sum / window : NaN;
    }
    for (; i < to; i++) {
      sum += values[i]! - values[i - window]!;
      out[i] = sum / window;
    }
    if (!Number.isFinite(sum)) averageAcrossGaps(values, window, out, from, to);
  }
  return out;
}

/**
 * The same for a stretch with values that are not valid, which would stay in a running sum. Adds in the same order, so
 * that a gap changes no average before it, not even in the last bit.
 */
function averageAcrossGaps(values: Float64Array, window: number, out: Float64Array, from: number, to: number): void {
  let valid = 0;
  let sum = 0;
  for (let i = Math.max(0, from - window); i < to; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) {
      sum += valid >= window ? value - values[i - window]! : value;
      valid++;
    } else {
      sum = 0;
      valid = 0;
    }
    if (i >= from) out[i] = valid >= window ? sum / window : NaN;
  }
}
