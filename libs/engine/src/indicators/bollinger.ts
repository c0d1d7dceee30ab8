import { newColumn } from '../new-column.js';
import { rollingSpread } from './standard-deviation.js';
import { requireWindow } from './window.js';

export interface BollingerColumns {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

/**
 * Bollinger bands (J. Bollinger, Bollinger on Bollinger Bands, 2001): the simple average of `window` values, and lines
 * `deviations` population standard deviations above and below it. Sums as in standardDeviation.
 */
export function bollingerColumns(values: Float64Array, window: number, deviations: number): BollingerColumns {
  requireWindow('bollinger', window);
  if (typeof deviations !== 'number' || !(deviations >= 0)) {
    throw new RangeError(`bollinger: the number of deviations must be 0 or more, not ${String(deviations)}.`);
  }
  const lower = newColumn(values.length);
  const { mean: middle, deviation: upper } = rollingSpread(values, window, (mean, deviation, from, to) => {
    for (let i = from; i < to; i++) {
      const reach = deviations * deviation[i]!;
      lower[i] = mean[i]! - reach;
      deviation[i] = mean[i]! + reach;
    }
  });
  return { upper, middle, lower };
}
