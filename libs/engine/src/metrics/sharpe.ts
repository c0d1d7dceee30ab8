import type { Moments } from './moments.js';

/** Sharpe ratio of returns in excess of nothing: mean over sample deviation, times the root of periods a year (Sharpe 1994). */
export function sharpe(returns: Moments, perYear: number): number {
  return (returns.mean / returns.deviation) * Math.sqrt(perYear);
}
