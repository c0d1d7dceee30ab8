import { blend, lagged } from './arithmetic.js';
import { emaColumn } from './ema.js';
import { requireWindow } from './window.js';

/**
 * Zero-lag EMA (J. Ehlers and R. Way, 2010): the EMA of each value plus its change over the lag of such an average,
 * (window - 1) / 2 bars.
 */
export function zlemaColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('zlema', window);
  return emaColumn(blend(2, values, -1, lagged(values, Math.floor((window - 1) / 2))), window);
}
