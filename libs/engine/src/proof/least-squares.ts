/** A column whose rest after those before it is smaller than this part of it says nothing new. */
const negligible = 1e-10;

/**
 * The columns made orthogonal to `before` and to each other, each of length 1; those that say nothing new are left out.
 * Modified Gram-Schmidt, twice over (Björck 1967), so that columns which nearly repeat each other do no harm.
 */
export function orthonormal(columns: readonly Float64Array[], before: readonly Float64Array[] = []): Float64Array[] {
  const found: Float64Array[] = [];
  for (const column of columns) {
    const size = norm(column);
    if (!(size > 0)) continue;
    let rest = residual(column, before);
    rest = residual(rest, found);
    rest = residual(residual(rest, before), found);
    const left = norm(rest);
    if (left <= negligible * size) continue;
    found.push(rest.map((value) => value / left));
  }
  return found;
}

/** What is left of a column once the orthonormal ones have explained what they can. */
export function residual(column: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = Float64Array.from(column);
  for (const one of basis) {
    const part = dot(rest, one);
    for (let i = 0; i < rest.length; i++) rest[i] = rest[i]! - part * one[i]!;
  }
  return rest;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

export function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
