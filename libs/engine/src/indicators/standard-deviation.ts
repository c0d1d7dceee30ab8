import { newColumn } from '../new-column.js';
import { renewalOf, requireWindow } from './window.js';

/**
 * Standard deviation of the last `window` values about their mean, with `window` in the denominator (the population's,
 * as in Bollinger bands).
 *
 * Summation: running sums of the values' distance from a pivot near them and of its square, pivot and sums renewed every
 * 1,024 bars (every four windows where that is more), so that no large squares cancel.
 */
export function standardDeviationColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('standardDeviation', window);
  return rollingSpread(values, window).deviation;
}

/**
 * Mean and population deviation of the window that ends on each bar; both NaN where not defined.
 * @param onStretch told of each stretch of bars when it is done, while it is near: for what else is made of both columns
 */
export function rollingSpread(
  values: Float64Array,
  window: number,
  onStretch?: (mean: Float64Array, deviation: Float64Array, from: number, to: number) => void,
): { mean: Float64Array; deviation: Float64Array } {
  const length = values.length;
  const means = newColumn(length);
  const deviations = newColumn(length);
  const stretch = renewalOf(window);
  let valid = 0;
  for (let from = 0; from < length; from += stretch) {
    const to = Math.min(length, from + stretch);
    const pivot = Number.isFinite(values[from]!) ? values[from]! : 0;
    let sum = 0;
    let squares = 0;
    for (let i = from - Math.min(valid, window); i < from; i++) {
      const d = values[i]! - pivot;
      sum += d;
      squares += d * d;
    }
    for (let i = from; i < to; i++) {
      const d = values[i]! - pivot;
      if (!(Math.abs(d) < Infinity)) {
        valid = sum = squares = 0;
        means[i] = deviations[i] = NaN;
        continue;
      }
      sum += d;
      squares += d * d;
      if (++valid > window) {
        const dropped = values[i - window]! - pivot;
        sum -= dropped;
        squares -= dropped * dropped;
      }
      if (valid < window) {
        means[i] = deviations[i] = NaN;
        continue;
      }
      const mean = sum / window;
      const variance = squares / window - mean * mean;
      means[i] = pivot + mean;
      deviations[i] = variance > 0 ? Math.sqrt(variance) : 0;
    }
    onStretch?.(means, deviations, from, to);
  }
  return { mean: means, deviation: deviations };
}
