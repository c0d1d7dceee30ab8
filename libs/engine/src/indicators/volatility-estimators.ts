import { newColumn } from '../new-column.js';
import { lagged } from './arithmetic.js';
import type { HighLow, Prices } from './bar-columns.js';
import { rollingSum } from './rolling-sum.js';
import { rollingSpread } from './standard-deviation.js';
import { requireWindow } from './window.js';

// Deviations of log returns per bar, not annualised: times the square root of the bars in a year they are.

/** The sample deviation (window - 1 in the denominator) of the last `window` log returns, from close to close. */
export function closeToCloseColumn(close: Float64Array, window: number): Float64Array {
  requireWindow('closeToCloseVolatility', window, 'the window', 2);
  const out = rollingSpread(logRatio(close, lagged(close, 1)), window).deviation;
  const scale = Math.sqrt(window / (window - 1));
  for (let i = 0; i < out.length; i++) out[i]! *= scale;
  return out;
}

/** From the range of each bar (M. Parkinson, Journal of Business 53:1, 1980); assumes no drift and no gaps. */
export function parkinsonColumn({ high, low }: HighLow, window: number): Float64Array {
  requireWindow('parkinsonVolatility', window);
  const range = logRatio(high, low);
  for (let i = 0; i < range.length; i++) range[i] = range[i]! ** 2 / (4 * Math.LN2);
  return rootOfMean(range, window);
}

/** From range, open and close (M. Garman and M. Klass, Journal of Business 53:1, 1980); assumes no drift and no gaps. */
export function garmanKlassColumn({ open, high, low, close }: Prices, window: number): Float64Array {
  requireWindow('garmanKlassVolatility', window);
  const range = logRatio(high, low);
  const body = logRatio(close, open);
  for (let i = 0; i < range.length; i++) range[i] = range[i]! ** 2 / 2 - (2 * Math.LN2 - 1) * body[i]! ** 2;
  return rootOfMean(range, window);
}

/** From all four prices (L. Rogers and S. Satchell, Annals of Applied Probability 1:4, 1991); allows for drift. */
export function rogersSatchellColumn(bars: Prices, window: number): Float64Array {
  requireWindow('rogersSatchellVolatility', window);
  return rootOfMean(rogersSatchellTerms(bars), window);
}

/** From all four prices and the gaps between bars (D. Yang and Q. Zhang, Journal of Business 73:3, 2000). */
export function yangZhangColumn(bars: Prices, window: number): Float64Array {
  requireWindow('yangZhangVolatility', window, 'the window', 2);
  const { open, close } = bars;
  const gap = rollingSpread(logRatio(open, lagged(close, 1)), window).deviation;
  const body = rollingSpread(logRatio(close, open), window).deviation;
  const within = rollingSum(rogersSatchellTerms(bars), window);
  const sample = window / (window - 1);
  const k = 0.34 / (1.34 + (window + 1) / (window - 1));
  for (let i = 0; i < gap.length; i++) {
    const variance = sample * (gap[i]! ** 2 + k * body[i]! ** 2) + ((1 - k) * within[i]!) / window;
    gap[i] = Math.sqrt(Math.max(0, variance));
  }
  return gap;
}

function rogersSatchellTerms({ open, high, low, close }: Prices): Float64Array {
  const out = newColumn(close.length);
  for (let i = 0; i < out.length; i++) {
    const top = Math.log(high[i]! / open[i]!);
    const bottom = Math.log(low[i]! / open[i]!);
    const body = Math.log(close[i]! / open[i]!);
    out[i] = top * (top - body) + bottom * (bottom - body);
  }
  return out;
}

function logRatio(a: Float64Array, b: Float64Array): Float64Array {
  const out = newColumn(a.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.log(a[i]! / b[i]!);
  return out;
}

function rootOfMean(values: Float64Array, window: number): Float64Array {
  const out = rollingSum(values, window);
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(Math.max(0, out[i]!) / window);
  return out;
}
