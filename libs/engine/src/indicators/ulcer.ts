import { highestColumn } from './extremes.js';
import { rollingSum } from './rolling-sum.js';
import { requireWindow } from './window.js';

/**
 * Ulcer index (P. Martin, The Investor's Guide to Fidelity Funds, 1989): the root mean square of how far the last `window`
 * values stand below the highest of the `window` before each, in percent.
 */
export function ulcerColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('ulcer', window);
  const fall = highestColumn(values, window);
  for (let i = 0; i < fall.length; i++) fall[i] = (100 * (values[i]! / fall[i]! - 1)) ** 2;
  const out = rollingSum(fall, window);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(out[i]! / window);
  return out;
}
