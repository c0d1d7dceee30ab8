import { newColumn } from '../new-column.js';
import { smoothed } from './ema.js';
import type { HighLowClose } from './bar-columns.js';
import { lagged } from './arithmetic.js';
import { trueRangeColumn } from './true-range.js';
import { requireWindow } from './window.js';

export interface DirectionalColumns {
  /** +DI: how much of the range went up, 0 to 100. */
  readonly plus: Float64Array;
  /** -DI: how much of the range went down, 0 to 100. */
  readonly minus: Float64Array;
  /** How one-sided both are, 0 to 100. */
  readonly dx: Float64Array;
  /** Its Wilder average: how strong the trend is, whichever way it goes. */
  readonly adx: Float64Array;
  /** The mean of adx and adx `window` - 1 bars before, as in TA-Lib. */
  readonly adxr: Float64Array;
}

/**
 * Directional movement (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978): all averages begin with the mean
 * of their first `window` values (TA-Lib begins the ranges with one less; both agree after some hundred bars).
 */
export function directionalColumns(bars: HighLowClose, window: number): DirectionalColumns {
  requireWindow('adx', window);
  const { high, low } = bars;
  const range = trueRangeColumn(bars);
  const up = newColumn(range.length);
  const down = newColumn(range.length);
  for (let i = 0; i < range.length; i++) {
    if (range[i] !== range[i]) {
      up[i] = down[i] = NaN;
      continue;
    }
    const rose = high[i]! - high[i - 1]!;
    const fell = low[i - 1]! - low[i]!;
    up[i] = rose > fell && rose > 0 ? rose : 0;
    down[i] = fell > rose && fell > 0 ? fell : 0;
  }
  const weight = 1 / window;
  const average = smoothed(range, window, weight);
  const plus = smoothed(up, window, weight);
  const minus = smoothed(down, window, weight);
  const dx = newColumn(range.length);
  for (let i = 0; i < range.length; i++) {
    const reach = average[i]!;
    plus[i] = reach === 0 ? 0 : (100 * plus[i]!) / reach;
    minus[i] = reach === 0 ? 0 : (100 * minus[i]!) / reach;
    const both = plus[i]! + minus[i]!;
    dx[i] = both === 0 ? 0 : (100 * Math.abs(plus[i]! - minus[i]!)) / both;
  }
  const adx = smoothed(dx, window, weight);
  const adxr = lagged(adx, window - 1);
  for (let i = 0; i < adxr.length; i++) adxr[i] = (adxr[i]! + adx[i]!) / 2;
  return { plus, minus, dx, adx, adxr };
}
