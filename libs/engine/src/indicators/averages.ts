import { type BarSeries, barsOf, clockOf } from '../bar-series.js';
import { remembered } from '../remembered.js';
import { columnOf, cursorOf, type Series } from '../series.js';
import { type AlmaShape, almaColumn } from './alma.js';
import { along, type Lines, linesAlong, over, requireSameBars } from './along.js';
import { demaColumn } from './dema.js';
import { emaColumn } from './ema.js';
import { hmaColumn } from './hma.js';
import { type KamaWindows, kamaColumn } from './kama.js';
import { lsmaColumn } from './lsma.js';
import { type MamaColumns, type MamaLimits, mamaColumns } from './mama.js';
import { mcginleyColumn } from './mcginley.js';
import { smaColumn } from './sma.js';
import { t3Column } from './t3.js';
import { temaColumn } from './tema.js';
import { trimaColumn } from './trima.js';
import { vidyaColumn } from './vidya.js';
import { rollingVwapColumn, vwapColumn } from './vwap.js';
import { vwmaColumn } from './vwma.js';
import { sessionDates } from './sessions.js';
import { wilderColumn } from './wilder.js';
import { wmaColumn } from './wma.js';
import { zlemaColumn } from './zlema.js';

/**
 * Simple moving average: the mean of the last `window` values, NaN until there are as many.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function sma(values: Series, window: number): Series {
  return along(values, remembered(smaColumn, columnOf(values), window));
}

/**
 * Exponential moving average with smoothing 2 / (window + 1), begun with the simple average of the first `window` values.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function ema(values: Series, window: number): Series {
  return along(values, remembered(emaColumn, columnOf(values), window));
}

/**
 * Weighted moving average: the newest of the last `window` values counts `window` times, the oldest once.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function wma(values: Series, window: number): Series {
  return along(values, remembered(wmaColumn, columnOf(values), window));
}

/**
 * Wilder's moving average (RMA, SMMA): exponential with smoothing 1 / window, begun with the mean of the first `window`
 * values. What RSI, ATR and ADX are made of.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function wilder(values: Series, window: number): Series {
  return along(values, remembered(wilderColumn, columnOf(values), window));
}

/**
 * Double exponential moving average (Mulloy 1994): an EMA with the lag of its own EMA taken off.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function dema(values: Series, window: number): Series {
  return along(values, remembered(demaColumn, columnOf(values), window));
}

/**
 * Triple exponential moving average (Mulloy 1994): as dema, one step further.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function tema(values: Series, window: number): Series {
  return along(values, remembered(temaColumn, columnOf(values), window));
}

/**
 * Tillson's T3 (1998): an average smoothed six times that overshoots by `factor`, 0 to 1, to make up for its lag.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and `factor` is from 0 to 1.
 */
export function t3(values: Series, window = 5, factor = 0.7): Series {
  return along(values, t3Column(columnOf(values), window, factor));
}

/**
 * Hull moving average (2005): fast, smooth, and apt to overshoot at turns.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more.
 */
export function hma(values: Series, window: number): Series {
  return along(values, remembered(hmaColumn, columnOf(values), window));
}

/**
 * Zero-lag EMA (Ehlers and Way 2010): the EMA of values carried on by their latest change.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function zlema(values: Series, window: number): Series {
  return along(values, remembered(zlemaColumn, columnOf(values), window));
}

/**
 * Triangular moving average: a simple average taken twice, so that the middle of the window weighs most.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function trima(values: Series, window: number): Series {
  return along(values, remembered(trimaColumn, columnOf(values), window));
}

/**
 * Kaufman's adaptive moving average (1995): quick in a straight move, slow in noise. Windows 10, 2 and 30 bars where not
 * given.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, the fast one shorter than the slow one.
 */
export function kama(values: Series, windows: Partial<KamaWindows> = {}): Series {
  return along(values, kamaColumn(columnOf(values), { window: 10, fast: 2, slow: 30, ...windows }));
}

/**
 * Variable index dynamic average (Chande 1992): an EMA, the quicker the more one-sided the last `momentum` bars went.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more.
 */
export function vidya(values: Series, window: number, momentum = 9): Series {
  return along(values, vidyaColumn(columnOf(values), window, momentum));
}

/**
 * McGinley dynamic (1990): an average that speeds up where prices run away from it, downwards above all.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function mcginley(values: Series, window: number): Series {
  return along(values, mcginleyColumn(columnOf(values), window));
}

/**
 * MESA adaptive moving average (Ehlers 2001) and its follower: paced by the cycle found in the values. Limits 0.5 and 0.05
 * where not given; NaN for 32 bars.
 * @throws RangeError unless 0.01 <= slow <= fast <= 0.99.
 */
export function mama(values: Series, limits: Partial<MamaLimits> = {}): Lines<MamaColumns> {
  return linesAlong(values, mamaColumns(columnOf(values), { fast: 0.5, slow: 0.05, ...limits }));
}

/**
 * Arnaud Legoux moving average (2009): weights of a bell, by default nearer to the newest value (`offset` 0.85, `sigma` 6).
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, `offset` from 0 to 1 and `sigma` above 0.
 */
export function alma(values: Series, window = 9, shape: Partial<AlmaShape> = {}): Series {
  return along(values, almaColumn(columnOf(values), window, { offset: 0.85, sigma: 6, ...shape }));
}

/**
 * Least-squares moving average: where the straight line of best fit through the last `window` values ends.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more.
 */
export function lsma(values: Series, window: number): Series {
  return along(values, remembered(lsmaColumn, columnOf(values), window));
}

/**
 * Volume-weighted moving average of the last `window` values; NaN where nothing was traded in all of them.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and the values follow `bars`.
 * @example const average = vwma(bars.close, bars, 20);
 */
export function vwma(values: Series, bars: BarSeries, window: number): Series {
  requireSameBars('vwma', cursorOf(values), clockOf(bars));
  return along(values, vwmaColumn(columnOf(values), barsOf(bars).volume, window));
}

/**
 * Volume-weighted average price of the session so far, begun anew with each date in the dataset's zone.
 * @example const isCheap = bars.close.now < vwap.now;
 */
export function vwap(bars: BarSeries): Series {
  const columns = barsOf(bars);
  return over(bars, vwapColumn(columns, sessionDates(columns)));
}

/**
 * Volume-weighted average price of the last `window` bars, whatever their dates.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function rollingVwap(bars: BarSeries, window: number): Series {
  return over(bars, rollingVwapColumn(barsOf(bars), window));
}
