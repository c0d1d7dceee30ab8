import { meanOf } from '../metrics/sum.js';

/**
 * Pearson correlations between columns of equal length, row after row, n × n. A column that does not vary correlates
 * with nothing: 0, and 1 with itself.
 */
export function correlationMatrix(columns: readonly Float64Array[]): Float64Array {
  const scaled = columns.map(standardised);
  const n = columns.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const a = scaled[i]!;
    matrix[i * n + i] = 1;
    for (let j = 0; j < i; j++) {
      const b = scaled[j]!;
      if (a.length !== b.length) {
        throw new RangeError(`Column ${i} has ${a.length} rows and column ${j} ${b.length}; they must be equal.`);
      }
      let product = 0;
      for (let t = 0; t < a.length; t++) product += a[t]! * b[t]!;
      matrix[i * n + j] = matrix[j * n + i] = Math.max(-1, Math.min(1, product));
    }
  }
  return matrix;
}

/** Less its mean, and of length 1. */
function standardised(column: Float64Array): Float64Array {
  const mean = meanOf(column);
  const centred = column.map((value) => value - mean);
  let squares = 0;
  for (const value of centred) squares += value * value;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return centred.map((value) => value * scale);
}
