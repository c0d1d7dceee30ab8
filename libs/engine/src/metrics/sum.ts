/**
 * The sum of a column, compensated by Neumaier's rule (ZAMM 54, 1974), so that it does not depend on the order of
 * large and small terms beyond the last bit. Every mean of the metrics goes through it. An infinite term stays infinite.
 */
export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}

/** Arithmetic mean; NaN of nothing. */
export function meanOf(values: ArrayLike<number>): number {
  return sumOf(values) / values.length;
}
