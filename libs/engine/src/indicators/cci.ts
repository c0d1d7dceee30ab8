import { newColumn } from '../new-column.js';
import type { HighLowClose } from './bar-columns.js';
import { typicalPriceColumn } from './prices.js';
import { smaColumn } from './sma.js';
import { requireWindow } from './window.js';

/**
 * Commodity channel index (D. Lambert, Commodities, October 1980): how far the typical price stands from its average, in
 * mean absolute deviations × 0.015. 0 where nothing moved.
 */
export function cciColumn({ high, low, close }: HighLowClose, window: number): Float64Array {
  requireWindow('cci', window);
  const price = typicalPriceColumn(high, low, close);
  const average = smaColumn(price, window);
  const out = meanDeviation(price, average, window);
  for (let i = 0; i < out.length; i++) {
    const reach = 0.015 * out[i]!;
    out[i] = reach === 0 ? 0 : (price[i]! - average[i]!) / reach;
  }
  return out;
}

/** Mean absolute deviation of the last `window` values from their mean; costs the window at each bar. */
export function meanAbsoluteDeviationColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('meanAbsoluteDeviation', window);
  return meanDeviation(values, smaColumn(values, window), window);
}

function meanDeviation(values: Float64Array, means: Float64Array, window: number): Float64Array {
  const out = newColumn(values.length);
  for (let i = 0; i < out.length; i++) {
    const mean = means[i]!;
    if (mean !== mean) {
      out[i] = NaN;
      continue;
    }
    let sum = 0;
    for (let k = i - window + 1; k <= i; k++) sum += Math.abs(values[k]! - mean);
    out[i] = sum / window;
  }
  return out;
}
