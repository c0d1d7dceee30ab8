import { product, quotient } from './arithmetic.js';
import { rollingSum } from './rolling-sum.js';
import { requireWindow } from './window.js';

/** Volume-weighted moving average; not defined where no unit was traded in the whole window. */
export function vwmaColumn(values: Float64Array, volume: Float64Array, window: number): Float64Array {
  requireWindow('vwma', window);
  return quotient(rollingSum(product(values, volume), window), rollingSum(volume, window), 1, NaN);
}
