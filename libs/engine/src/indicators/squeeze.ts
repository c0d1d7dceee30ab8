import type { HighLowClose } from './bar-columns.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { lsmaColumn } from './lsma.js';
import { smaColumn } from './sma.js';
import { rollingSpread } from './standard-deviation.js';
import { trueRangeColumn } from './true-range.js';
import { requireNumber, requireWindow } from './window.js';

export interface SqueezeShape {
  /** Bars of both channels. */
  readonly window: number;
  /** Half the width of the Bollinger bands, in standard deviations. */
  readonly deviations: number;
  /** Half the width of the Keltner channel, in average ranges. */
  readonly ranges: number;
}

/**
 * Squeeze (J. Carter, Mastering the Trade, 2005, in the form that LazyBear made known): `on` is 1 while the Bollinger bands
 * lie within the Keltner channel, else 0. `momentum` is the end of a straight line through how far the close stood from
 * the mean of its average and the middle of its range.
 */
export function squeezeColumns(
  bars: HighLowClose,
  { window, deviations, ranges }: SqueezeShape,
): { on: Float64Array; momentum: Float64Array } {
  requireWindow('squeeze', window, 'the window', 2);
  requireNumber('squeeze', 'the number of deviations', deviations, 0);
  requireNumber('squeeze', 'the number of ranges', ranges, 0);
  const { high, low, close } = bars;
  const { mean, deviation: on } = rollingSpread(close, window);
  const range = smaColumn(trueRangeColumn(bars), window);
  for (let i = 0; i < on.length; i++) {
    const reach = ranges * range[i]!;
    on[i] = reach === reach ? Number(deviations * on[i]! < reach) : NaN;
  }
  const top = highestColumn(high, window);
  const bottom = lowestColumn(low, window);
  for (let i = 0; i < mean.length; i++) mean[i] = close[i]! - ((top[i]! + bottom[i]!) / 2 + mean[i]!) / 2;
  return { on, momentum: lsmaColumn(mean, window) };
}
