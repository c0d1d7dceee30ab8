import type { Moments } from './moments.js';

/** z of the lower 5 % of a standard normal. */
const z05 = -1.6448536269514722;

/** A copy in ascending order, for the functions below. */
export function ascending(values: Float64Array): Float64Array {
  return Float64Array.from(values).sort();
}

/** Quantile with linear interpolation between order statistics (Hyndman and Fan's type 7). NaN of nothing. */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return NaN;
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}

/** Historical value at risk: the 5 % quantile of returns, a loss being negative. */
export function historicalVaR(sorted: Float64Array): number {
  return quantile(sorted, 0.05);
}

/** Value at risk of a normal with the sample's mean and deviation. NaN where nothing varies. */
export function normalVaR(returns: Moments): number {
  return returns.deviation > 0 ? returns.mean + z05 * returns.deviation : NaN;
}

/** Expected shortfall: the mean of the lowest 5 % of returns, at least one of them. */
export function historicalCVaR(sorted: Float64Array): number {
  const count = Math.floor((sorted.length - 1) * 0.05) + 1;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += sorted[i]!;
  return sum / count;
}

/** How far the best 5 % reach over how far the worst 5 % do. */
export function tailRatio(sorted: Float64Array): number {
  return Math.abs(quantile(sorted, 0.95)) / Math.abs(quantile(sorted, 0.05));
}
