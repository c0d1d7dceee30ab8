import { type BarSeries, barsOf } from '../bar-series.js';
import type { Series } from '../series.js';
import { adlColumn, chaikinOscillatorColumn, cmfColumn } from './accumulation.js';
import { over } from './along.js';
import { easeOfMovementColumn } from './ease-of-movement.js';
import { forceIndexColumn } from './force-index.js';
import { mfiColumn } from './mfi.js';
import { obvColumn } from './obv.js';
import { pvtColumn } from './pvt.js';
import { nviColumn, pviColumn } from './volume-index.js';

/** On-balance volume (Granville 1963): volume added where the close rose, taken off where it fell; from 0. */
export function obv(bars: BarSeries): Series {
  const { close, volume } = barsOf(bars);
  return over(bars, obvColumn(close, volume));
}

/** Accumulation/distribution line (Chaikin): all volume so far, by where in its bar the close lies. */
export function adl(bars: BarSeries): Series {
  return over(bars, adlColumn(barsOf(bars)));
}

/**
 * Chaikin money flow, -1 to 1: the volume of the last `window` bars by where in its bar each close lies.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function cmf(bars: BarSeries, window = 20): Series {
  return over(bars, cmfColumn(barsOf(bars), window));
}

/**
 * Chaikin oscillator: fast less slow exponential average of the accumulation/distribution line.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, the fast one shorter than the slow one.
 */
export function chaikinOscillator(bars: BarSeries, fast = 3, slow = 10): Series {
  return over(bars, chaikinOscillatorColumn(barsOf(bars), fast, slow));
}

/**
 * Money flow index, 0 to 100: an RSI of the money that changed hands.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function mfi(bars: BarSeries, window = 14): Series {
  return over(bars, mfiColumn(barsOf(bars), window));
}

/**
 * Force index (Elder 1993): the averaged change of the close times the volume.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function forceIndex(bars: BarSeries, window = 13): Series {
  const { close, volume } = barsOf(bars);
  return over(bars, forceIndexColumn(close, volume, window));
}

/**
 * Ease of movement (Arms 1983): high where the price moved far on little volume; `scale` units of volume count as one.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and `scale` is above 0.
 */
export function easeOfMovement(bars: BarSeries, window = 14, scale = 1e8): Series {
  return over(bars, easeOfMovementColumn(barsOf(bars), window, scale));
}

/** Negative volume index (Fosback 1976): moves with the close only where volume fell; from 1,000. */
export function nvi(bars: BarSeries): Series {
  const { close, volume } = barsOf(bars);
  return over(bars, nviColumn(close, volume));
}

/** Positive volume index (Fosback 1976): moves with the close only where volume rose; from 1,000. */
export function pvi(bars: BarSeries): Series {
  const { close, volume } = barsOf(bars);
  return over(bars, pviColumn(close, volume));
}

/** Price volume trend: all volume so far, each bar's times its relative change of the close; from 0. */
export function pvt(bars: BarSeries): Series {
  const { close, volume } = barsOf(bars);
  return over(bars, pvtColumn(close, volume));
}
