import { bandShares, type Spread } from '@quarry/engine/host';

/** How values spread: those that are not finite are left out. Quantiles as in the engine: rank ⌊share × (n - 1)⌋. */
export function spreadOf(given: ArrayLike<number>): Spread {
  const values = Float64Array.from(given).filter(Number.isFinite).sort();
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : NaN,
    quantiles: Float64Array.from(bandShares, (share) => values[Math.floor(share * (count - 1))] ?? NaN),
  };
}
