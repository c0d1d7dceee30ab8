import { newColumn } from '../new-column.js';
import { nowhere, requireWindow } from './window.js';

/** How far a value stands below the highest so far, as a fraction of that: 0 at a new high, -0.2 a fifth below. */
export function drawdownColumn(values: Float64Array): Float64Array {
  const out = newColumn(values.length);
  let peak = -Infinity;
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!;
    const isValid = Math.abs(value) < Infinity;
    peak = isValid ? Math.max(peak, value) : -Infinity;
    out[i] = isValid ? fall(peak, value) : NaN;
  }
  return out;
}

/**
 * The deepest fall from a peak to a later value within the last `window` values, as a negative fraction of that peak. By
 * blocks as in rollingSum: what falls within the end of one block, within the beginning of the next, or from the peak of
 * the one to the trough of the other.
 */
export function maxDrawdownColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('maxDrawdown', window);
  const length = values.length;
  if (window > length) return nowhere(length);
  const out = newColumn(length);
  const endPeak = new Float64Array(window + 1).fill(-Infinity);
  const endFall = new Float64Array(window + 1).fill(NaN, 0, window);
  for (let start = 0; start < length; start += window) {
    let peak = -Infinity;
    let trough = Infinity;
    let deepest = 0;
    for (let j = window - 1; j > 0 && start > 0; j--) {
      const value = values[start - window + j]!;
      const isValid = Math.abs(value) < Infinity;
      trough = Math.min(trough, value);
      peak = Math.max(peak, value);
      deepest = isValid ? Math.min(deepest, fall(value, trough)) : NaN;
      endPeak[j] = peak;
      endFall[j] = deepest;
    }
    peak = -Infinity;
    trough = Infinity;
    deepest = 0;
    const stop = Math.min(length, start + window);
    for (let i = start, j = 1; i < stop; i++, j++) {
      const value = values[i]!;
      peak = Math.max(peak, value);
      trough = Math.min(trough, value);
      deepest = Math.abs(value) < Infinity ? Math.min(deepest, fall(peak, value)) : NaN;
      const across = endPeak[j]! > 0 ? fall(endPeak[j]!, trough) : 0;
      out[i] = Math.min(endFall[j]!, deepest, across);
    }
  }
  return out;
}

/** Of a peak above 0; from others there is no fraction to fall by. */
function fall(peak: number, value: number): number {
  return peak > 0 ? Math.min(0, value / peak - 1) : 0;
}
