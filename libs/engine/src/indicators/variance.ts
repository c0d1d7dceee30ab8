import { rollingSpread } from './standard-deviation.js';
import { requireWindow } from './window.js';

/** Variance of the last `window` values, with `window` in the denominator: the square of standardDeviation. */
export function varianceColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('variance', window);
  const { deviation } = rollingSpread(values, window);
  for (let i = 0; i < deviation.length; i++) deviation[i]! *= deviation[i]!;
  return deviation;
}

/** How many standard deviations a value stands from the mean of the last `window`; 0 where they do not vary. */
export function zScoreColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('zScore', window);
  const { mean, deviation } = rollingSpread(values, window);
  for (let i = 0; i < mean.length; i++) {
    mean[i] = deviation[i] === 0 ? 0 : (values[i]! - mean[i]!) / deviation[i]!;
  }
  return mean;
}
