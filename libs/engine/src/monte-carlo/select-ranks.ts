/**
 * Puts the values of the given ranks where they would stand if all values were sorted: Hoare's quickselect, the middle
 * rank first, so that the others are sought among fewer. Rank 0 is the smallest. Values must not be NaN.
 *
 * @param ranks ascending
 */
export function selectRanks(values: Float64Array, ranks: readonly number[]): void {
  selectWithin(values, 0, values.length - 1, ranks, 0, ranks.length - 1);
}

function selectWithin(
  values: Float64Array,
  low: number,
  high: number,
  ranks: readonly number[],
  first: number,
  last: number,
): void {
  if (first > last) return;
  const middle = (first + last) >> 1;
  const rank = ranks[middle]!;
  selectOne(values, low, high, rank);
  selectWithin(values, low, rank, ranks, first, middle - 1);
  selectWithin(values, rank, high, ranks, middle + 1, last);
}

function selectOne(values: Float64Array, from: number, to: number, rank: number): void {
  let low = from;
  let high = to;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const other = values[i]!;
      values[i++] = values[j]!;
      values[j--] = other;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else return;
  }
}
