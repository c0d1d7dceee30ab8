import { blend, difference } from './arithmetic.js';
import { smaColumn } from './sma.js';
import { rollingSpread } from './standard-deviation.js';
import { requireWindow } from './window.js';
import { wmaColumn } from './wma.js';

export interface LinearRegressionColumns {
  /** The line at the current bar. */
  readonly value: Float64Array;
  /** Its rise per bar. */
  readonly slope: Float64Array;
  /** The line at the oldest bar of the window. */
  readonly intercept: Float64Array;
  /** Share of the values' variance that the line explains, 0 to 1; 0 where they do not vary. */
  readonly rSquared: Float64Array;
}

/**
 * The straight line of least squares through the last `window` values, bars counted 0 to window - 1. Its mean is the SMA,
 * its slope 6 (WMA - SMA) / (window - 1).
 */
export function linearRegressionColumns(values: Float64Array, window: number): LinearRegressionColumns {
  requireWindow('linearRegression', window, 'the window', 2);
  const average = smaColumn(values, window);
  const slope = difference(wmaColumn(values, window), average);
  const rSquared = rollingSpread(values, window).deviation;
  const variance = (window * window - 1) / 12;
  for (let i = 0; i < slope.length; i++) {
    const rise = (6 * slope[i]!) / (window - 1);
    slope[i] = rise;
    const deviation = rSquared[i]!;
    rSquared[i] = deviation === 0 ? 0 : Math.min(1, (rise * rise * variance) / (deviation * deviation));
  }
  const half = (window - 1) / 2;
  return { value: blend(1, average, half, slope), slope, intercept: blend(1, average, -half, slope), rSquared };
}
