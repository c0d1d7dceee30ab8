import { difference, lagged } from './arithmetic.js';
import { smaColumn } from './sma.js';
import { requireWindow } from './window.js';

/**
 * Detrended price oscillator in its causal form (StockCharts ChartSchool): the value window / 2 + 1 bars ago less the
 * average of the last `window` values. Charts that move it back to where that value lay show it before it is known.
 */
export function dpoColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('dpo', window);
  return difference(lagged(values, Math.floor(window / 2) + 1), smaColumn(values, window));
}
