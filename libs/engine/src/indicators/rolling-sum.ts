import { newColumn } from '../new-column.js';
import { nowhere } from './window.js';

/**
 * The sum of the last `window` values.
 *
 * Summation: the series is cut into blocks of `window` bars, counted from its first. A window is the end of one block
 * and the beginning of the next, so its sum is a sum from the back of the one and a sum from the front of the other (the
 * scheme of van Herk's and Gil and Werman's running extremes). Nothing is ever subtracted: an error is that of `window`
 * additions, sums of values that are not negative are not negative, a window of zeros sums to 0, and a value that is not
 * valid is felt in exactly those windows that hold it.
 */
export function rollingSum(values: Float64Array, window: number): Float64Array {
  const length = values.length;
  if (window > length) return nowhere(length);
  const out = newColumn(length);
  const ends = endsOf(window);
  for (let start = 0; start < length; start += window) {
    if (start > 0) {
      let sum = 0;
      for (let j = window - 1; j > 0; j--) ends[j] = sum += values[start - window + j]!;
    }
    const stop = Math.min(length, start + window);
    let sum = 0;
    for (let i = start, j = 1; i < stop; i++, j++) {
      sum += values[i]!;
      const whole = ends[j]! + sum;
      out[i] = whole - whole === 0 ? whole : NaN;
    }
  }
  return out;
}

/** Sums from the back of the block before, by where they begin: none before the first block, 0 beyond the last bar. */
export function endsOf(window: number): Float64Array {
  const ends = new Float64Array(window + 1);
  ends.fill(NaN, 0, window);
  return ends;
}

/** The sum of all values so far, compensated (A. Neumaier, 1974); begins anew after a value that is not valid. */
export function cumulativeSum(values: Float64Array): Float64Array {
  const out = newColumn(values.length);
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
    const whole = sum + lost;
    if (whole - whole === 0) out[i] = whole;
    else {
      sum = lost = 0;
      out[i] = NaN;
    }
  }
  return out;
}
