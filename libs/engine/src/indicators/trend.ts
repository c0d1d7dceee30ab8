import { type BarSeries, barsOf } from '../bar-series.js';
import type { Series } from '../series.js';
import { type Lines, linesOver, over } from './along.js';
import { type AroonColumns, aroonColumns } from './aroon.js';
import type { Prices } from './bar-columns.js';
import { chandelierColumns } from './chandelier.js';
import { choppinessColumn } from './choppiness.js';
import { type DirectionalColumns, directionalColumns } from './directional.js';
import { heikinAshiColumns } from './heikin-ashi.js';
import { type IchimokuColumns, ichimokuColumns, type IchimokuWindows } from './ichimoku.js';
import { massIndexColumn } from './mass-index.js';
import { parabolicSarColumn } from './parabolic-sar.js';
import { type PivotKind, type PivotPointColumns, pivotPointColumns } from './pivot-points.js';
import { averagePriceColumn, medianPriceColumn, typicalPriceColumn, weightedCloseColumn } from './prices.js';
import { sessionDates } from './sessions.js';
import { type SupertrendColumns, supertrendColumns } from './supertrend.js';
import { vortexColumns } from './vortex.js';

/**
 * Directional movement (Wilder 1978), 0 to 100: `plus` and `minus` tell which way, `adx` how strong the trend is.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 * @example const isTrending = trend.adx.now > 25 && trend.plus.now > trend.minus.now;
 */
export function adx(bars: BarSeries, window = 14): Lines<DirectionalColumns> {
  return linesOver(bars, directionalColumns(barsOf(bars), window));
}

/**
 * Aroon (Chande 1995), 0 to 100: how lately the high and the low of the last `window` + 1 bars were made.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function aroon(bars: BarSeries, window = 25): Lines<AroonColumns> {
  return linesOver(bars, aroonColumns(barsOf(bars), window));
}

/**
 * SuperTrend (Seban 2008): `line` follows the price some average true ranges away, `direction` is 1 while it rises and -1
 * while it falls.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and `ranges` is 0 or more.
 * @example if (trend.direction.now > trend.direction.ago(1)) buy({ stopLoss: trend.line.now });
 */
export function supertrend(bars: BarSeries, window = 10, ranges = 3): Lines<SupertrendColumns> {
  return linesOver(bars, supertrendColumns(barsOf(bars), window, ranges));
}

/**
 * Parabolic stop and reverse (Wilder 1978): below the price in a long trade, above it in a short one, nearer at each new
 * extreme.
 * @throws RangeError unless `step` is 0 or more, and `most` no less.
 */
export function parabolicSar(bars: BarSeries, step = 0.02, most = 0.2): Series {
  return over(bars, parabolicSarColumn(barsOf(bars), step, most));
}

/**
 * Ichimoku: all lines read at the bar where they are known. `spanA` and `spanB` are the cloud over the current bar,
 * `leadingA` and `leadingB` what a chart draws ahead; compare the close with `lagging` for what the lagging span shows.
 * Windows 9, 26 and 52 bars, displaced by 26, where not given.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more, and the displacement 0 or more.
 */
export function ichimoku(bars: BarSeries, windows: Partial<IchimokuWindows> = {}): Lines<IchimokuColumns> {
  const all = { conversion: 9, base: 26, span: 52, displacement: 26, ...windows };
  return linesOver(bars, ichimokuColumns(barsOf(bars), all));
}

/**
 * Vortex (Botes and Siepman 2010): `plus` above `minus` is a rising trend.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function vortex(bars: BarSeries, window = 14): Lines<{ plus: Float64Array; minus: Float64Array }> {
  return linesOver(bars, vortexColumns(barsOf(bars), window));
}

/**
 * Choppiness index (Dreiss 1993), about 0 to 100: high where the price went far and got nowhere.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more.
 */
export function choppiness(bars: BarSeries, window = 14): Series {
  return over(bars, choppinessColumn(barsOf(bars), window));
}

/**
 * Mass index (Dorsey 1992): rises where ranges widen; a "bulge" above 27 that falls below 26.5 warns of a reversal.
 * @throws RangeError unless the windows are whole numbers of bars, 1 or more.
 */
export function massIndex(bars: BarSeries, window = 25, average = 9): Series {
  return over(bars, massIndexColumn(barsOf(bars), window, average));
}

/**
 * Chandelier exits (Le Beau): `long` hangs some average true ranges below the highest high, `short` as far above the lowest
 * low.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and `ranges` is 0 or more.
 */
export function chandelier(
  bars: BarSeries,
  window = 22,
  ranges = 3,
): Lines<{ long: Float64Array; short: Float64Array }> {
  return linesOver(bars, chandelierColumns(barsOf(bars), window, ranges));
}

/** Heikin-ashi candles: smoothed bars to look at. Their prices were never traded, so no order fills at them. */
export function heikinAshi(bars: BarSeries): Lines<Prices> {
  return linesOver(bars, heikinAshiColumns(barsOf(bars)));
}

/**
 * Pivot points of the session before, by date in the dataset's zone: known from a session's first bar on.
 * @throws RangeError unless `kind` is classic, fibonacci or camarilla.
 */
export function pivotPoints(bars: BarSeries, kind: PivotKind = 'classic'): Lines<PivotPointColumns> {
  const columns = barsOf(bars);
  return linesOver(bars, pivotPointColumns(columns, sessionDates(columns), kind));
}

/** (high + low) / 2 of each bar. */
export function medianPrice(bars: BarSeries): Series {
  const { high, low } = barsOf(bars);
  return over(bars, medianPriceColumn(high, low));
}

/** (high + low + close) / 3 of each bar. */
export function typicalPrice(bars: BarSeries): Series {
  const { high, low, close } = barsOf(bars);
  return over(bars, typicalPriceColumn(high, low, close));
}

/** (high + low + 2 close) / 4 of each bar. */
export function weightedClose(bars: BarSeries): Series {
  const { high, low, close } = barsOf(bars);
  return over(bars, weightedCloseColumn(high, low, close));
}

/** (open + high + low + close) / 4 of each bar. */
export function averagePrice(bars: BarSeries): Series {
  const { open, high, low, close } = barsOf(bars);
  return over(bars, averagePriceColumn(open, high, low, close));
}
