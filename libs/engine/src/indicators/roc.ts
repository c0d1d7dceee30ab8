import { lagged, quotient } from './arithmetic.js';
import { requireWindow } from './window.js';

/** Rate of change: how far a value has come in `window` bars, in percent of what it was. NaN where that was 0. */
export function rocColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('roc', window);
  const out = quotient(values, lagged(values, window), 1, NaN);
  for (let i = 0; i < out.length; i++) out[i] = 100 * (out[i]! - 1);
  return out;
}
