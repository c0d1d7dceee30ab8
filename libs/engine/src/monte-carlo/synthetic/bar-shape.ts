import type { Bars } from '../../bars.js';
import { meanOf } from '../../metrics/sum.js';
import type { Rng } from '../random-stream.js';
import { type Frame, logReturnsOf } from './frame.js';

const { abs, exp, log, max, min, sqrt } = Math;

/** How a bar's open, extremes and volume go with its return. */
export interface BarShape {
  /** Share of the variance from close to close that lies between a close and the next open, in 0..0.95. */
  readonly gapShare: number;
  /** Variance that the range speaks of, over that from open to close: 1 for a random walk watched without a break. */
  readonly rangeScale: number;
  /** Share of bars without volume. */
  readonly quietShare: number;
  /** Of the others: log volume = level + slope × |return| / deviation + spread × normal. */
  readonly volumeLevel: number;
  readonly volumeSlope: number;
  readonly volumeSpread: number;
  /** Standard deviation of log returns from close to close. */
  readonly deviation: number;
}

/** Fits by moments; the range by Parkinson's estimator of variance (Journal of Business 53, 1980). */
export function fitBarShape(bars: Bars): BarShape {
  const { open, high, low, close, volume, length } = bars;
  const returns = logReturnsOf(bars);
  const gaps = returns.map((r, i) => r - log(close[i]! / open[i]!));
  const inside = returns.map((r, i) => r - gaps[i]!);
  const parkinson = meanOf(high.map((h, i) => log(h / low[i]!) ** 2)) / (4 * Math.LN2);
  const insideVariance = meanOf(inside.map((r) => r * r));
  const gapVariance = varianceOf(gaps);
  const deviation = sqrt(varianceOf(returns));
  const traded = Array.from({ length }, (_, i) => i).filter((i) => volume[i]! > 0);
  const move = traded.map((i) => (deviation > 0 ? abs(returns[i]!) / deviation : 0));
  const logVolume = traded.map((i) => log(volume[i]!));
  const line = regress(move, logVolume);
  return {
    gapShare: min(0.95, gapVariance / (gapVariance + varianceOf(inside)) || 0),
    rangeScale: insideVariance > 0 ? parkinson / insideVariance : 1,
    quietShare: 1 - traded.length / length,
    volumeLevel: line.level,
    volumeSlope: line.slope,
    volumeSpread: line.spread,
    deviation,
  };
}

/**
 * Bars whose closes follow the given log returns. A return is cut into gap and body as two normals of the fitted
 * variances would share it; the extremes are drawn as those of a Brownian bridge from open to close, each on its own.
 *
 * @param deviations of each bar's return, where a model knows them; the fitted one if left out
 */
export function shapedBars(
  { bars, firstOpen }: Frame,
  shape: BarShape,
  returns: Float64Array,
  rng: Rng,
  deviations?: Float64Array,
): Bars {
  const { length } = bars;
  const columns = { open: column(length), high: column(length), low: column(length), close: column(length) };
  const volume = column(length);
  const { gapShare, rangeScale, quietShare, volumeLevel, volumeSlope, volumeSpread } = shape;
  let last = log(firstOpen);
  for (let i = 0; i < length; i++) {
    const r = returns[i]!;
    const deviation = deviations ? deviations[i]! : shape.deviation;
    // The first bar opens where the dataset did.
    const gap = i === 0 ? 0 : gapShare * r + sqrt(gapShare * (1 - gapShare)) * deviation * rng.normal();
    const body = r - gap;
    const variance = rangeScale * (i === 0 ? 1 : 1 - gapShare) * deviation * deviation;
    const reach = sqrt(body * body - 2 * variance * log(1 - rng.uniform()));
    const fall = sqrt(body * body - 2 * variance * log(1 - rng.uniform()));
    const start = last + gap;
    const open = exp(start);
    const close = exp((last += r));
    columns.open[i] = open;
    columns.close[i] = close;
    // The logs' own rounding must not put an extreme inside the body.
    columns.high[i] = max(open, close, exp(start + (body + reach) / 2));
    columns.low[i] = min(open, close, exp(start + (body - fall) / 2));
    const isQuiet = rng.uniform() < quietShare;
    const move = shape.deviation > 0 ? abs(r) / shape.deviation : 0;
    const traded = exp(volumeLevel + volumeSlope * move + volumeSpread * rng.normal());
    volume[i] = isQuiet ? 0 : traded;
  }
  return { ...bars, ...columns, volume, extra: {} };
}

function column(length: number): Float64Array {
  return new Float64Array(length);
}

function varianceOf(values: ArrayLike<number> & { map(of: (v: number) => number): ArrayLike<number> }): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** 2));
}

function regress(
  x: number[],
  y: number[],
): { readonly level: number; readonly slope: number; readonly spread: number } {
  if (y.length === 0) return { level: 0, slope: 0, spread: 0 };
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  const xx = meanOf(x.map((value) => (value - meanX) ** 2));
  const slope = xx > 0 ? meanOf(x.map((value, i) => (value - meanX) * (y[i]! - meanY))) / xx : 0;
  const level = meanY - slope * meanX;
  const spread = sqrt(meanOf(y.map((value, i) => (value - level - slope * x[i]!) ** 2)));
  return { level, slope, spread };
}
