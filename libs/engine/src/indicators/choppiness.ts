import type { HighLowClose } from './bar-columns.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { rollingSum } from './rolling-sum.js';
import { trueRangeColumn } from './true-range.js';
import { requireWindow } from './window.js';

/**
 * Choppiness index, about 0 to 100 (E. W. Dreiss, 1993): the way that the price went over the range it went in, as a logarithm. 100 where
 * nothing moved.
 */
export function choppinessColumn(bars: HighLowClose, window: number): Float64Array {
  requireWindow('choppiness', window, 'the window', 2);
  const out = rollingSum(trueRangeColumn(bars), window);
  const top = highestColumn(bars.high, window);
  const bottom = lowestColumn(bars.low, window);
  const scale = 100 / Math.log(window);
  for (let i = 0; i < out.length; i++) {
    const range = top[i]! - bottom[i]!;
    out[i] = range === 0 && out[i] === out[i] ? 100 : scale * Math.log(out[i]! / range);
  }
  return out;
}
