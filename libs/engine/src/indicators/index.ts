import { type BarSeries, barsOf, clockOf } from '../bar-series.js';
import { columnOf, cursorOf, type Series, seriesFrom } from '../series.js';
import { atrColumn } from './atr.js';
import { bollingerColumns } from './bollinger.js';
import { emaColumn } from './ema.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { type MacdWindows, macdColumns } from './macd.js';
import { rsiColumn } from './rsi.js';
import { smaColumn } from './sma.js';
import { standardDeviationColumn } from './standard-deviation.js';

export { crossedAbove, crossedBelow } from './crossing.js';

/**
 * Simple moving average: the mean of the last `window` values, NaN until there are as many.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function sma(values: Series, window: number): Series {
  return along(values, smaColumn(columnOf(values), window));
}

/**
 * Exponential moving average with smoothing 2 / (window + 1), begun with the simple average of the first `window` values.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function ema(values: Series, window: number): Series {
  return along(values, emaColumn(columnOf(values), window));
}

/**
 * Wilder's relative strength index, 0 to 100: how much of the recent movement went up. NaN for the first `window` bars.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function rsi(values: Series, window = 14): Series {
  return along(values, rsiColumn(columnOf(values), window));
}

/**
 * Wilder's average true range, in the price's unit: how far a bar reaches, gaps included. NaN for the first `window` bars.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function atr(bars: BarSeries, window = 14): Series {
  const { high, low, close } = barsOf(bars);
  return seriesFrom(atrColumn(high, low, close, window), clockOf(bars));
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
export function bollinger(
  values: Series,
  window = 20,
  deviations = 2,
): { readonly upper: Series; readonly middle: Series; readonly lower: Series } {
  const { upper, middle, lower } = bollingerColumns(columnOf(values), window, deviations);
  return { upper: along(values, upper), middle: along(values, middle), lower: along(values, lower) };
}

/**
 * MACD: the fast exponential average less the slow one, its own average as signal, and the difference of both.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, the fast one shorter than the slow one.
 */
export function macd(
  values: Series,
  windows: Partial<MacdWindows> = {},
): { readonly line: Series; readonly signal: Series; readonly histogram: Series } {
  const { line, signal, histogram } = macdColumns(columnOf(values), { fast: 12, slow: 26, signal: 9, ...windows });
  return { line: along(values, line), signal: along(values, signal), histogram: along(values, histogram) };
}

/**
 * The highest of the last `window` values, the current bar included; `.ago(1)` of it leaves that one out.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function highest(values: Series, window: number): Series {
  return along(values, highestColumn(columnOf(values), window));
}

/**
 * The lowest of the last `window` values, the current bar included; `.ago(1)` of it leaves that one out.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function lowest(values: Series, window: number): Series {
  return along(values, lowestColumn(columnOf(values), window));
}

function along(values: Series, column: Float64Array): Series {
  return seriesFrom(column, cursorOf(values));
}
