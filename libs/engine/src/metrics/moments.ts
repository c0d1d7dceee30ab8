import { meanOf } from './sum.js';

/** The shape of a sample. `deviation` is the sample standard deviation (ddof 1). */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly deviation: number;
  /** Adjusted Fisher-Pearson skewness G1; NaN under three values, 0 where nothing varies. */
  readonly skewness: number;
  /** Excess kurtosis G2 (0 for a normal); NaN under four values, 0 where nothing varies. */
  readonly excessKurtosis: number;
}

/** G1 and G2 as in Joanes and Gill, The Statistician 47 (1998), which is what pandas and most spreadsheets print. */
export function momentsOf(values: Float64Array): Moments {
  const count = values.length;
  const mean = meanOf(values);
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  for (let i = 0; i < count; i++) {
    const d = values[i]! - mean;
    const q = d * d;
    squares += q;
    cubes += q * d;
    fourths += q * q;
  }
  const deviation = count > 1 ? Math.sqrt(squares / (count - 1)) : NaN;
  return {
    count,
    mean,
    deviation,
    skewness: skewness(count, squares, cubes),
    excessKurtosis: excessKurtosis(count, squares, fourths),
  };
}

function skewness(n: number, squares: number, cubes: number): number {
  if (n < 3) return NaN;
  if (squares === 0) return 0;
  return ((n * Math.sqrt(n - 1)) / (n - 2)) * (cubes / squares ** 1.5);
}

function excessKurtosis(n: number, squares: number, fourths: number): number {
  if (n < 4) return NaN;
  if (squares === 0) return 0;
  const pairs = (n - 2) * (n - 3);
  return ((n + 1) * n * (n - 1) * fourths) / (pairs * squares * squares) - (3 * (n - 1) ** 2) / pairs;
}
