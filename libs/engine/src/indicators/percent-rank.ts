import { newColumn } from '../new-column.js';
import { requireWindow } from './window.js';

/**
 * Percent rank, 0 to 100: how many of the `window` values before are below the current one. Costs the window at each bar,
 * a comparison each.
 */
export function percentRankColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('percentRank', window);
  const out = newColumn(values.length);
  let valid = 0;
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!;
    valid = Math.abs(value) < Infinity ? valid + 1 : 0;
    if (valid <= window) {
      out[i] = NaN;
      continue;
    }
    let below = 0;
    for (let k = i - window; k < i; k++) below += Number(values[k]! < value);
    out[i] = (100 * below) / window;
  }
  return out;
}
