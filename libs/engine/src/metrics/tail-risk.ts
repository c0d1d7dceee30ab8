import { momentsOf, type Moments } from './moments.js';
import { quantile, selectRank } from './selection.js';

/** z of the lower 5 % of a standard normal. */
const z05 = -1.6448536269514722;

/** How returns end on both sides. Losses are negative; NaN where there is no return. */
export interface Tails {
  readonly best: number;
  readonly worst: number;
  /** Historical value at risk: the 5 % quantile. */
  readonly low5: number;
  readonly high5: number;
  /** Expected shortfall: the mean of the lowest 5 % of returns, at least one of them. */
  readonly meanOfLow5: number;
}

export function tailsOf(returns: Float64Array): Tails {
  const values = Float64Array.from(returns);
  const count = values.length;
  const high5 = quantile(values, 0.95);
  const low5 = quantile(values, 0.05);
  let best = count > 0 ? -Infinity : NaN;
  for (let i = 0; i < count; i++) if (values[i]! > best) best = values[i]!;
  const rank = Math.floor((count - 1) * 0.05);
  selectRank(values, rank);
  let worst = NaN;
  let sum = 0;
  for (let i = 0; i <= rank; i++) {
    const value = values[i]!;
    sum += value;
    if (!(value >= worst)) worst = value;
  }
  return { best, worst, low5, high5, meanOfLow5: count > 0 ? sum / (rank + 1) : NaN };
}

/** Value at risk of a normal with the sample's mean and deviation. NaN where nothing varies. */
export function normalVaR({ mean, deviation }: Pick<Moments, 'mean' | 'deviation'>): number {
  return deviation > 0 ? mean + z05 * deviation : NaN;
}

/** How far the best 5 % reach over how far the worst 5 % do. */
export function tailRatio({ low5, high5 }: Tails): number {
  return Math.abs(high5) / Math.abs(low5);
}

/** The mean of what lies below the value at risk of a normal, or that value itself where nothing does: cvar in quantstats 0.0.78. */
export function meanBeyondNormalVaR(values: Float64Array): number {
  const limit = normalVaR(momentsOf(values));
  let sum = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (!(values[i]! < limit)) continue;
    sum += values[i]!;
    count++;
  }
  return count > 0 ? sum / count : limit;
}
