import { lagged } from './arithmetic.js';
import { comoments } from './comoments.js';
import { rocColumn } from './roc.js';
import { requireWindow } from './window.js';

/** Covariance of the last `window` pairs, with `window` in the denominator. */
export function covarianceColumn(a: Float64Array, b: Float64Array, window: number): Float64Array {
  requireWindow('covariance', window);
  return comoments(a, b, window, 'covariance');
}

/** Pearson's correlation of the last `window` pairs, -1 to 1; 0 where one of them does not vary. */
export function correlationColumn(a: Float64Array, b: Float64Array, window: number): Float64Array {
  requireWindow('correlation', window, 'the window', 2);
  return comoments(a, b, window, 'correlation');
}

/**
 * Beta: the slope of the values' relative changes over the benchmark's, of the last `window` changes. 0 where the
 * benchmark does not move.
 */
export function betaColumn(values: Float64Array, benchmark: Float64Array, window: number): Float64Array {
  requireWindow('beta', window, 'the window', 2);
  return comoments(rocColumn(benchmark, 1), rocColumn(values, 1), window, 'slope');
}

/** Pearson's correlation of the values with those `lag` bars before, over `window` pairs; 0 where they do not vary. */
export function autocorrelationColumn(values: Float64Array, window: number, lag: number): Float64Array {
  requireWindow('autocorrelation', window, 'the window', 2);
  requireWindow('autocorrelation', lag, 'the lag');
  return comoments(values, lagged(values, lag), window, 'correlation');
}
