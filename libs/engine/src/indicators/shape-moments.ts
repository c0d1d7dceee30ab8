import { newColumn } from '../new-column.js';
import { endsOf } from './rolling-sum.js';
import { nowhere, requireWindow } from './window.js';

/**
 * Skewness of the last `window` values: the mean third power of their standardised distances, the population's. 0 where
 * they do not vary.
 */
export function skewnessColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('skewness', window, 'the window', 2);
  return shapeMoment(values, window, 3);
}

/**
 * Excess kurtosis of the last `window` values: the mean fourth power of their standardised distances less 3, the
 * population's; 0 of a normal distribution, and where they do not vary.
 */
export function kurtosisColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('kurtosis', window, 'the window', 2);
  return shapeMoment(values, window, 4);
}

/** Sums by blocks, of distances from the value that begins a block; see comoments. */
function shapeMoment(values: Float64Array, window: number, order: 3 | 4): Float64Array {
  const length = values.length;
  if (window > length) return nowhere(length);
  const out = newColumn(length);
  const [end1, end2, end3, end4] = [endsOf(window), endsOf(window), endsOf(window), endsOf(window)];
  for (let start = 0; start < length; start += window) {
    const pivot = values[start]!;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    for (let j = window - 1; j > 0 && start > 0; j--) {
      const d = values[start - window + j]! - pivot;
      const square = d * d;
      end1[j] = s1 += d;
      end2[j] = s2 += square;
      end3[j] = s3 += square * d;
      end4[j] = s4 += square * square;
    }
    s1 = s2 = s3 = s4 = 0;
    const stop = Math.min(length, start + window);
    for (let i = start, j = 1; i < stop; i++, j++) {
      const d = values[i]! - pivot;
      const square = d * d;
      s1 += d;
      s2 += square;
      s3 += square * d;
      s4 += square * square;
      const m = (end1[j]! + s1) / window;
      const p2 = (end2[j]! + s2) / window;
      const p3 = (end3[j]! + s3) / window;
      const variance = p2 - m * m;
      if (order === 3) {
        const third = p3 - m * (3 * p2 - 2 * m * m);
        out[i] = variance > 0 ? third / (variance * Math.sqrt(variance)) : 0 * variance;
      } else {
        const p4 = (end4[j]! + s4) / window;
        const fourth = p4 - m * (4 * p3 - m * (6 * p2 - 3 * m * m));
        out[i] = variance > 0 ? fourth / (variance * variance) - 3 : 0 * variance;
      }
    }
  }
  return out;
}
