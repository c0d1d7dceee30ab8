import { type BarSeries, barsOf } from '../bar-series.js';
import { columnOf, type Series } from '../series.js';
import { along, type Lines, linesAlong, linesOver, over } from './along.js';
import { atrColumn } from './atr.js';
import { type BollingerColumns, bollingerColumns } from './bollinger.js';
import { bandwidthColumn, percentBColumn } from './bollinger-place.js';
import { donchianColumns } from './donchian.js';
import { keltnerColumns } from './keltner.js';
import { natrColumn } from './natr.js';
import { relativeVolatilityColumn } from './relative-volatility.js';
import { standardDeviationColumn } from './standard-deviation.js';
import { trueRangeColumn } from './true-range.js';
import { ulcerColumn } from './ulcer.js';
import {
  closeToCloseColumn,
  garmanKlassColumn,
  parkinsonColumn,
  rogersSatchellColumn,
  yangZhangColumn,
} from './volatility-estimators.js';

/** True range: how far each bar reached, the close before it included; NaN on the first. */
export function trueRange(bars: BarSeries): Series {
  return over(bars, trueRangeColumn(barsOf(bars)));
}

/**
 * Wilder's average true range, in the price's unit: how far a bar reaches, gaps included. NaN for the first `window` bars.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function atr(bars: BarSeries, window = 14): Series {
  const { high, low, close } = barsOf(bars);
  return over(bars, atrColumn(high, low, close, window));
}

/**
 * Normalised average true range: in percent of the close, so that it compares across prices.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function natr(bars: BarSeries, window = 14): Series {
  return over(bars, natrColumn(barsOf(bars), window));
}

/**
 * Standard deviation of the last `window` values, with `window` in the denominator.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function standardDeviation(values: Series, window: number): Series {
  return along(values, standardDeviationColumn(columnOf(values), window));
}

/**
 * Bollinger bands: the simple average, and lines so many standard deviations above and below it.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and `deviations` is 0 or more.
 */
export function bollinger(values: Series, window = 20, deviations = 2): Lines<BollingerColumns> {
  return linesAlong(values, bollingerColumns(columnOf(values), window, deviations));
}

/**
 * %B: where a value lies in its Bollinger bands, 0 on the lower and 1 on the upper one.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and `deviations` is 0 or more.
 */
export function percentB(values: Series, window = 20, deviations = 2): Series {
  return along(values, percentBColumn(columnOf(values), window, deviations));
}

/**
 * BandWidth: the distance of the Bollinger bands, as a fraction of the average between them.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and `deviations` is 0 or more.
 */
export function bandwidth(values: Series, window = 20, deviations = 2): Series {
  return along(values, bandwidthColumn(columnOf(values), window, deviations));
}

/**
 * Keltner channel: average true ranges about the EMA of the closes. 20 and 10 bars and 2 ranges where not given.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, and `ranges` is 0 or more.
 */
export function keltner(
  bars: BarSeries,
  shape: { readonly window?: number; readonly atr?: number; readonly ranges?: number } = {},
): Lines<BollingerColumns> {
  return linesOver(bars, keltnerColumns(barsOf(bars), { window: 20, atr: 10, ranges: 2, ...shape }));
}

/**
 * Donchian channel: the highest high and lowest low of the last `window` bars, the current one included; `.ago(1)` of a
 * line leaves that one out, as a breakout needs it.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function donchian(bars: BarSeries, window = 20): Lines<BollingerColumns> {
  return linesOver(bars, donchianColumns(barsOf(bars), window));
}

/**
 * Relative volatility index (Dorsey 1993), 0 to 100: how much of the recent deviation came on bars that rose.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more.
 */
export function relativeVolatility(values: Series, window = 14, deviation = 10): Series {
  return along(values, relativeVolatilityColumn(columnOf(values), window, deviation));
}

/**
 * Ulcer index (Martin 1989): how deep and long values stood below their highs, in percent.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function ulcer(values: Series, window = 14): Series {
  return along(values, ulcerColumn(columnOf(values), window));
}

/**
 * Realised volatility of the last `window` log returns, close to close, per bar: times the root of the bars in a year it
 * is annual.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more.
 * @example const annual = closeToCloseVolatility(bars.close, 20).now * Math.sqrt(252);
 */
export function closeToCloseVolatility(values: Series, window = 20): Series {
  return along(values, closeToCloseColumn(columnOf(values), window));
}

/**
 * Parkinson's volatility (1980) per bar, from high and low: needs a fifth of the bars, and takes gaps for calm.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function parkinsonVolatility(bars: BarSeries, window = 20): Series {
  return over(bars, parkinsonColumn(barsOf(bars), window));
}

/**
 * Garman and Klass' volatility (1980) per bar, from all four prices; assumes no drift and no gaps.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function garmanKlassVolatility(bars: BarSeries, window = 20): Series {
  return over(bars, garmanKlassColumn(barsOf(bars), window));
}

/**
 * Rogers and Satchell's volatility (1991) per bar, from all four prices; right under drift, blind to gaps.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function rogersSatchellVolatility(bars: BarSeries, window = 20): Series {
  return over(bars, rogersSatchellColumn(barsOf(bars), window));
}

/**
 * Yang and Zhang's volatility (2000) per bar: as rogersSatchellVolatility, with the gaps between bars.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more.
 */
export function yangZhangVolatility(bars: BarSeries, window = 20): Series {
  return over(bars, yangZhangColumn(barsOf(bars), window));
}
