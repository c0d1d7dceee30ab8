import { type BarSeries, barsOf, clockOf } from '../bar-series.js';
import { remembered } from '../remembered.js';
import { columnOf, cursorOf, type Series } from '../series.js';
import { along, type Lines, linesAlong, over, requireSameBars } from './along.js';
import { asOfColumn } from './as-of.js';
import { meanAbsoluteDeviationColumn } from './cci.js';
import { autocorrelationColumn, betaColumn, correlationColumn, covarianceColumn } from './correlation.js';
import { drawdownColumn, maxDrawdownColumn } from './drawdown.js';
import { highestAgoColumn, highestColumn, lowestAgoColumn, lowestColumn } from './extremes.js';
import { hurstColumn } from './hurst.js';
import { type LinearRegressionColumns, linearRegressionColumns } from './linear-regression.js';
import { medianColumn, quantileColumn } from './order-statistics.js';
import { percentRankColumn } from './percent-rank.js';
import { permutationEntropyColumn } from './permutation-entropy.js';
import { logReturnColumn } from './returns.js';
import { kurtosisColumn, skewnessColumn } from './shape-moments.js';
import { sumColumn } from './sum.js';
import { varianceColumn, zScoreColumn } from './variance.js';

/**
 * The highest of the last `window` values, the current bar included; `.ago(1)` of it leaves that one out.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function highest(values: Series, window: number): Series {
  return along(values, remembered(highestColumn, columnOf(values), window));
}

/**
 * The lowest of the last `window` values, the current bar included; `.ago(1)` of it leaves that one out.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function lowest(values: Series, window: number): Series {
  return along(values, remembered(lowestColumn, columnOf(values), window));
}

/**
 * How many bars ago the highest of the last `window` values was, the newest where several are equal.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function highestAgo(values: Series, window: number): Series {
  return along(values, highestAgoColumn(columnOf(values), window));
}

/**
 * How many bars ago the lowest of the last `window` values was, the newest where several are equal.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function lowestAgo(values: Series, window: number): Series {
  return along(values, lowestAgoColumn(columnOf(values), window));
}

/**
 * The sum of the last `window` values.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function sum(values: Series, window: number): Series {
  return along(values, sumColumn(columnOf(values), window));
}

/**
 * Variance of the last `window` values, with `window` in the denominator.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function variance(values: Series, window: number): Series {
  return along(values, varianceColumn(columnOf(values), window));
}

/**
 * How many standard deviations the value stands from the mean of the last `window`; 0 where they do not vary.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function zScore(values: Series, window: number): Series {
  return along(values, zScoreColumn(columnOf(values), window));
}

/**
 * Mean absolute deviation of the last `window` values from their mean.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function meanAbsoluteDeviation(values: Series, window: number): Series {
  return along(values, meanAbsoluteDeviationColumn(columnOf(values), window));
}

/**
 * Skewness of the last `window` values: below 0 where the long tail lies on the low side.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more.
 */
export function skewness(values: Series, window: number): Series {
  return along(values, skewnessColumn(columnOf(values), window));
}

/**
 * Excess kurtosis of the last `window` values: above 0 where extremes are more common than in a normal distribution.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more.
 */
export function kurtosis(values: Series, window: number): Series {
  return along(values, kurtosisColumn(columnOf(values), window));
}

/**
 * The quantile of the last `window` values: `fraction` 0 is the lowest, 1 the highest of them.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and `fraction` is from 0 to 1.
 */
export function quantile(values: Series, window: number, fraction: number): Series {
  return along(values, quantileColumn(columnOf(values), window, fraction));
}

/**
 * The median of the last `window` values.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function median(values: Series, window: number): Series {
  return along(values, medianColumn(columnOf(values), window));
}

/**
 * Percent rank, 0 to 100: how many of the `window` values before are below the current one.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function percentRank(values: Series, window: number): Series {
  return along(values, percentRankColumn(columnOf(values), window));
}

/**
 * Covariance of the last `window` pairs of two series over the same bars.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more, and both series follow the same bars.
 */
export function covariance(a: Series, b: Series, window: number): Series {
  requireSameBars('covariance', cursorOf(a), cursorOf(b));
  return along(a, covarianceColumn(columnOf(a), columnOf(b), window));
}

/**
 * Correlation of the last `window` pairs of two series over the same bars, -1 to 1.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more, and both series follow the same bars.
 */
export function correlation(a: Series, b: Series, window: number): Series {
  requireSameBars('correlation', cursorOf(a), cursorOf(b));
  return along(a, correlationColumn(columnOf(a), columnOf(b), window));
}

/**
 * Beta: how far the values move, relatively, where the benchmark moves by one, over the last `window` changes.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more, and both series follow the same bars.
 * @example const index = asOf(series[1].close, series[1], bars);
 *          const risk = beta(bars.close, index, 60);
 */
export function beta(values: Series, benchmark: Series, window: number): Series {
  requireSameBars('beta', cursorOf(values), cursorOf(benchmark));
  return along(values, betaColumn(columnOf(values), columnOf(benchmark), window));
}

/**
 * Correlation of the values with those `lag` bars before, over `window` pairs: below 0 where moves are taken back.
 * @throws RangeError unless `window` is a whole number, 2 or more, and `lag` one of 1 or more.
 */
export function autocorrelation(values: Series, window: number, lag = 1): Series {
  return along(values, autocorrelationColumn(columnOf(values), window, lag));
}

/**
 * The straight line of best fit through the last `window` values: where it ends, how it rises per bar, where it begins, and
 * how much of the variance it explains.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more.
 */
export function linearRegression(values: Series, window: number): Lines<LinearRegressionColumns> {
  return linesAlong(values, linearRegressionColumns(columnOf(values), window));
}

/**
 * Hurst exponent, by how moves grow with their distance of 1 to 16 bars: about 0.5 for a random walk, above it in a trend.
 * @throws RangeError unless `window` is a whole number of bars, 2 or more.
 */
export function hurst(values: Series, window = 100): Series {
  return along(values, hurstColumn(columnOf(values), window));
}

/**
 * Permutation entropy (Bandt and Pompe 2002), 0 to 1: 1 where the orders of three neighbours are as mixed as in noise.
 * @throws RangeError unless `window` is a whole number of bars, 3 or more.
 */
export function permutationEntropy(values: Series, window = 100): Series {
  return along(values, permutationEntropyColumn(columnOf(values), window));
}

/**
 * The logarithm of each value over the one `bars` bars before.
 * @throws RangeError unless `bars` is a whole number, 1 or more.
 */
export function logReturn(values: Series, bars = 1): Series {
  return along(values, logReturnColumn(columnOf(values), bars));
}

/** How far the value stands below the highest so far: 0 at a new high, -0.2 a fifth below it. */
export function drawdown(values: Series): Series {
  return along(values, drawdownColumn(columnOf(values)));
}

/**
 * The deepest fall from a peak to a later value within the last `window` values: -0.2 is a fifth of the peak.
 * @throws RangeError unless `window` is a whole number of bars, 1 or more.
 */
export function maxDrawdown(values: Series, window: number): Series {
  return along(values, maxDrawdownColumn(columnOf(values), window));
}

/**
 * A series of other bars, on these: at each bar the newest value whose own bar was complete by then. For indicators over
 * two symbols or intervals.
 * @throws RangeError unless `values` follow `theirBars`.
 * @example const daily = asOf(sma(days.close, 50), days, bars);
 */
export function asOf(values: Series, theirBars: BarSeries, bars: BarSeries): Series {
  if (cursorOf(values) !== clockOf(theirBars)) {
    throw new RangeError(
      'asOf: the values do not follow the bars named as theirs. Name the bars that they were built on.',
    );
  }
  return over(bars, asOfColumn(columnOf(values), barsOf(theirBars).knownAt, barsOf(bars).knownAt));
}
