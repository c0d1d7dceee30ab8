import { meanOf } from './sum.js';

/**
 * Root mean square of what falls short of zero, with every return in the denominator (target downside deviation,
 * Sortino and Price 1994). Per period.
 */
export function downsideDeviation(returns: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < returns.length; i++) {
    const r = returns[i]!;
    if (r < 0) squares += r * r;
  }
  return Math.sqrt(squares / returns.length);
}

/** Mean return over downside deviation, annualised. Infinity where nothing was lost and something gained; NaN of nothing at all. */
export function sortino(returns: Float64Array, perYear: number): number {
  if (returns.length < 2) return NaN;
  return (meanOf(returns) / downsideDeviation(returns)) * Math.sqrt(perYear);
}
