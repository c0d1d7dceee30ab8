/**
 * Reorders a column so that `rank` holds what sorting would put there, nothing greater before it and nothing smaller
 * behind. Takes time in proportion to the column (Hoare 1961, median of three); a column without NaN is expected.
 */
export function selectRank(values: Float64Array, rank: number, from = 0, to = values.length - 1): void {
  let left = from;
  let right = to;
  // Pivots that keep halving badly would cost a square: from here on the rest is sorted.
  let patience = 2 * Math.ceil(Math.log2(right - left + 2)) + 8;
  while (right > left) {
    if (patience-- === 0) {
      values.subarray(left, right + 1).sort();
      return;
    }
    const pivot = medianOfThree(values[left]!, values[(left + right) >> 1]!, values[right]!);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else return;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a;
  return a < c ? a : b < c ? c : b;
}

/**
 * Quantile with linear interpolation between order statistics (Hyndman and Fan's type 7). NaN of nothing.
 * Reorders the column; `share` from 0 to 1.
 */
export function quantile(values: Float64Array, share: number): number {
  const last = values.length - 1;
  if (last < 0) return NaN;
  const at = last * share;
  const below = Math.floor(at);
  selectRank(values, below);
  const low = values[below]!;
  if (at === below) return low;
  let high = Infinity;
  for (let i = below + 1; i <= last; i++) if (values[i]! < high) high = values[i]!;
  return low + (high - low) * (at - below);
}

/** A copy in ascending order. */
export function ascending(values: Float64Array): Float64Array {
  return Float64Array.from(values).sort();
}
