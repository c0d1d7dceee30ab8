import { type BarSeries, barsOf } from '../bar-series.js';
import { remembered } from '../remembered.js';
import { columnOf, type Series } from '../series.js';
import { along, type Lines, linesAlong, linesOver, over } from './along.js';
import { acceleratorColumn, awesomeColumn } from './awesome.js';
import { balanceOfPowerColumn } from './balance-of-power.js';
import { cciColumn } from './cci.js';
import { cmoColumn } from './cmo.js';
import { type ConnorsWindows, connorsRsiColumn } from './connors-rsi.js';
import { type CoppockWindows, coppockColumn } from './coppock.js';
import { dpoColumn } from './dpo.js';
import { elderRayColumns } from './elder-ray.js';
import { fisherColumns } from './fisher.js';
import { kstColumns } from './kst.js';
import { type MacdColumns, type MacdWindows, macdColumns } from './macd.js';
import { momentumColumn } from './price-change.js';
import { apoColumn, ppoColumns } from './ppo.js';
import { qstickColumn } from './qstick.js';
import { relativeVigorColumns } from './relative-vigor.js';
import { rocColumn } from './roc.js';
import { rsiColumn } from './rsi.js';
import { schaffTrendCycleColumn } from './schaff.js';
import { type SqueezeShape, squeezeColumns } from './squeeze.js';
import { type StochasticColumns, stochasticColumns, type StochasticWindows } from './stochastic.js';
import { stochasticRsiColumns } from './stochastic-rsi.js';
import { trixColumn } from './trix.js';
import { tsiColumn } from './tsi.js';
import { ultimateOscillatorColumn } from './ultimate-oscillator.js';
import { williamsRColumn } from './williams-r.js';

/**
 * Wilder's relative strength index, 0 to 100: how much of the recent movement went up. NaN for the first `window` bars.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function rsi(values: Series, window = 14): Series {
  return along(values, remembered(rsiColumn, columnOf(values), window));
}

/**
 * Stochastic oscillator, 0 to 100: where the close lies in the range of the last bars, and its average as signal. Windows
 * 14, 3 and 3 bars where not given; `smooth: 1` is the fast stochastic.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more.
 * @example const { k, d } = stochastic(bars, { window: 5 });
 */
export function stochastic(bars: BarSeries, windows: Partial<StochasticWindows> = {}): Lines<StochasticColumns> {
  return linesOver(bars, stochasticColumns(barsOf(bars), { window: 14, smooth: 3, signal: 3, ...windows }));
}

/**
 * Stochastic RSI, 0 to 100: where the RSI lies in its own range. Windows 14, 3 and 3 bars, and 14 of the RSI, where not
 * given.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more.
 */
export function stochasticRsi(
  values: Series,
  windows: Partial<StochasticWindows & { readonly rsi: number }> = {},
): Lines<StochasticColumns> {
  const { rsi: rsiWindow = 14, ...others } = windows;
  return linesAlong(
    values,
    stochasticRsiColumns(columnOf(values), rsiWindow, { window: 14, smooth: 3, signal: 3, ...others }),
  );
}

/**
 * MACD: the fast exponential average less the slow one, its own average as signal, and the difference of both. Windows 12,
 * 26 and 9 bars where not given.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, the fast one shorter than the slow one.
 */
export function macd(values: Series, windows: Partial<MacdWindows> = {}): Lines<MacdColumns> {
  return linesAlong(values, macdColumns(columnOf(values), { fast: 12, slow: 26, signal: 9, ...windows }));
}

/**
 * Percentage price oscillator: a MACD in percent of its slow average.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, the fast one shorter than the slow one.
 */
export function ppo(values: Series, windows: Partial<MacdWindows> = {}): Lines<MacdColumns> {
  return linesAlong(values, ppoColumns(columnOf(values), { fast: 12, slow: 26, signal: 9, ...windows }));
}

/**
 * Absolute price oscillator: the fast exponential average less the slow one.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, the fast one shorter than the slow one.
 */
export function apo(values: Series, fast = 12, slow = 26): Series {
  return along(values, apoColumn(columnOf(values), fast, slow));
}

/**
 * Rate of change, in percent of the value `window` bars ago.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function roc(values: Series, window = 10): Series {
  return along(values, rocColumn(columnOf(values), window));
}

/**
 * Momentum: the value less that of `window` bars ago, in its unit.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function momentum(values: Series, window = 10): Series {
  return along(values, momentumColumn(columnOf(values), window));
}

/**
 * Commodity channel index (Lambert 1980): how far the typical price stands from its average, in usual distances; beyond
 * 100 and -100 is far.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function cci(bars: BarSeries, window = 20): Series {
  return over(bars, cciColumn(barsOf(bars), window));
}

/**
 * Williams %R, -100 to 0: where the close lies in the range of the last `window` bars, counted down from the high.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function williamsR(bars: BarSeries, window = 14): Series {
  return over(bars, williamsRColumn(barsOf(bars), window));
}

/**
 * Ultimate oscillator (Williams 1985), 0 to 100: buying pressure over three windows, 7, 14 and 28 bars where not given.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more.
 */
export function ultimateOscillator(
  bars: BarSeries,
  windows: { readonly short?: number; readonly middle?: number; readonly long?: number } = {},
): Series {
  return over(bars, ultimateOscillatorColumn(barsOf(bars), { short: 7, middle: 14, long: 28, ...windows }));
}

/**
 * Awesome oscillator (B. Williams 1998): fast less slow simple average of the bars' middles.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, the fast one shorter than the slow one.
 */
export function awesome(bars: BarSeries, fast = 5, slow = 34): Series {
  return over(bars, awesomeColumn(barsOf(bars), fast, slow));
}

/**
 * Accelerator oscillator (B. Williams 1998): the awesome oscillator less its average over `signal` bars.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, the fast one shorter than the slow one.
 */
export function accelerator(bars: BarSeries, fast = 5, slow = 34, signal = 5): Series {
  return over(bars, acceleratorColumn(barsOf(bars), fast, slow, signal));
}

/**
 * Chande momentum oscillator, -100 to 100: gains less losses over both, of the last `window` changes.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function cmo(values: Series, window = 14): Series {
  return along(values, cmoColumn(columnOf(values), window));
}

/**
 * TRIX (Hutson 1983): change per bar of a triply smoothed average, in percent.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function trix(values: Series, window = 15): Series {
  return along(values, trixColumn(columnOf(values), window));
}

/**
 * True strength index (Blau 1991), -100 to 100: the doubly smoothed change over its doubly smoothed size.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more.
 */
export function tsi(values: Series, long = 25, short = 13): Series {
  return along(values, tsiColumn(columnOf(values), long, short));
}

/**
 * Know sure thing (Pring 1992): four averaged rates of change added up, and its average over `signal` bars.
 * @throws RangeError unless `signal` is a whole number of bars, 1 or more.
 */
export function kst(values: Series, signal = 9): Lines<{ line: Float64Array; signal: Float64Array }> {
  return linesAlong(values, kstColumns(columnOf(values), signal));
}

/**
 * Coppock curve (1962): the weighted average of two rates of change; 14, 11 and 10 bars where not given, made for months.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more.
 */
export function coppock(values: Series, windows: Partial<CoppockWindows> = {}): Series {
  return along(values, coppockColumn(columnOf(values), { long: 14, short: 11, average: 10, ...windows }));
}

/**
 * Detrended price oscillator, causal: the value window / 2 + 1 bars ago less the average of the last `window` values. It
 * tells of cycles; the price itself is ahead of it.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function dpo(values: Series, window = 20): Series {
  return along(values, dpoColumn(columnOf(values), window));
}

/**
 * Fisher transform (Ehlers 2002) of where the bar's middle lies in its range, and its value a bar before as signal.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function fisher(bars: BarSeries, window = 10): Lines<{ line: Float64Array; signal: Float64Array }> {
  return linesOver(bars, fisherColumns(barsOf(bars), window));
}

/**
 * Connors RSI (2012), 0 to 100: the mean of a short RSI, the RSI of the streak and the rank of the latest change. Windows
 * 3, 2 and 100 bars where not given.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more.
 */
export function connorsRsi(values: Series, windows: Partial<ConnorsWindows> = {}): Series {
  return along(values, connorsRsiColumn(columnOf(values), { rsi: 3, streak: 2, rank: 100, ...windows }));
}

/**
 * Schaff trend cycle (1999), 0 to 100: a MACD line put through the stochastic twice. Windows 23, 50 and 10 bars where not
 * given.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, the fast one shorter than the slow one.
 */
export function schaffTrendCycle(
  values: Series,
  windows: { readonly fast?: number; readonly slow?: number; readonly cycle?: number } = {},
): Series {
  return along(values, schaffTrendCycleColumn(columnOf(values), { fast: 23, slow: 50, cycle: 10, ...windows }));
}

/**
 * Relative vigor index (Ehlers 2002): how far bars close from their open, over their range; above 0 they close higher.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function relativeVigor(bars: BarSeries, window = 10): Lines<{ line: Float64Array; signal: Float64Array }> {
  return linesOver(bars, relativeVigorColumns(barsOf(bars), window));
}

/**
 * QStick (Chande 1994): the average of close less open.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function qstick(bars: BarSeries, window = 8): Series {
  return over(bars, qstickColumn(barsOf(bars), window));
}

/**
 * Elder ray (1993): bull power, the high less the EMA of the closes, and bear power, the low less it.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function elderRay(bars: BarSeries, window = 13): Lines<{ bull: Float64Array; bear: Float64Array }> {
  return linesOver(bars, elderRayColumns(barsOf(bars), window));
}

/** Balance of power (Livshin 2001), -1 to 1: how much of its range the bar went from open to close. */
export function balanceOfPower(bars: BarSeries): Series {
  return over(bars, balanceOfPowerColumn(barsOf(bars)));
}

/**
 * Squeeze (Carter 2005): `on` is 1 while the Bollinger bands lie within the Keltner channel, a calm that often ends in a
 * move; `momentum` tells which way. 20 bars, 2 deviations and 1.5 ranges where not given.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more, and the widths are 0 or more.
 */
export function squeeze(
  bars: BarSeries,
  shape: Partial<SqueezeShape> = {},
): Lines<{ on: Float64Array; momentum: Float64Array }> {
  return linesOver(bars, squeezeColumns(barsOf(bars), { window: 20, deviations: 2, ranges: 1.5, ...shape }));
}
