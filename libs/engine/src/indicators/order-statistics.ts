import { newColumn } from '../new-column.js';
import { requireNumber, requireWindow } from './window.js';

/** The fewest bars that are sorted at once. */
const leastChunk = 256;

/**
 * The quantile of the last `window` values, interpolated between the two nearest of them (R's type 7, as NumPy's default).
 * Costs the logarithm of the window at each bar.
 */
export function quantileColumn(values: Float64Array, window: number, fraction: number): Float64Array {
  requireWindow('quantile', window);
  requireNumber('quantile', 'the fraction', fraction, 0, 1);
  return quantiles(values, window, fraction);
}

/** The middle of the last `window` values in their order, the mean of the two middle ones where they are even in number. */
export function medianColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('median', window);
  return quantiles(values, window, 0.5);
}

/**
 * Bars are taken in chunks. The values of a chunk and of the window before it are sorted once; a tree of counts over that
 * order (P. Fenwick, 1994) then tells the k-th of the window's values in logarithmic time. Only values are read off it,
 * never sums, so a chunk's later bars leave no trace in the earlier ones.
 */
function quantiles(values: Float64Array, window: number, fraction: number): Float64Array {
  const length = values.length;
  const out = newColumn(length);
  const chunk = Math.max(leastChunk, Math.min(window, length));
  const place = fraction * (window - 1);
  const below = Math.floor(place);
  const share = place - below;
  const ranks = new Int32Array(Math.min(length, chunk + window));
  let valid = 0;
  for (let start = 0; start < length; start += chunk) {
    const stop = Math.min(length, start + chunk);
    const from = Math.max(0, start - window);
    const sorted = values.slice(from, stop).sort();
    const counts = new Int32Array(sorted.length + 1);
    for (let i = from; i < stop; i++) ranks[i - from] = rankOf(sorted, values[i]!);
    for (let i = start - Math.min(valid, window); i < start; i++) count(counts, ranks[i - from]!, 1);
    for (let i = start; i < stop; i++) {
      if (!(Math.abs(values[i]!) < Infinity)) {
        valid = 0;
        counts.fill(0);
        out[i] = NaN;
        continue;
      }
      count(counts, ranks[i - from]!, 1);
      if (++valid > window) count(counts, ranks[i - window - from]!, -1);
      if (valid < window) {
        out[i] = NaN;
        continue;
      }
      const lower = sorted[kth(counts, below)]!;
      out[i] = share === 0 ? lower : lower + share * (sorted[kth(counts, below + 1)]! - lower);
    }
  }
  return out;
}

/** Index of the first of the sorted values that is not below this one. */
function rankOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function count(counts: Int32Array, rank: number, by: 1 | -1): void {
  for (let i = rank + 1; i < counts.length; i += i & -i) counts[i]! += by;
}

/** The rank of the value with `before` others below it. */
function kth(counts: Int32Array, before: number): number {
  let rank = 0;
  let left = before + 1;
  for (let step = 2 ** Math.floor(Math.log2(counts.length - 1)); step >= 1; step /= 2) {
    const next = rank + step;
    if (next < counts.length && counts[next]! < left) {
      rank = next;
      left -= counts[next]!;
    }
  }
  return rank;
}
