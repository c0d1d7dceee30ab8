import { rollingSum } from './rolling-sum.js';
import { requireWindow } from './window.js';

/** The sum of the last `window` values. */
export function sumColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('sum', window);
  return rollingSum(values, window);
}
