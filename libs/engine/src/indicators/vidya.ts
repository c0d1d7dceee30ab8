import { cmoColumn } from './cmo.js';
import { requireWindow } from './window.js';

/**
 * Variable index dynamic average (T. Chande, Stocks & Commodities 10:3, 1992, in its form of 1995): an EMA whose
 * smoothing 2 / (window + 1) is scaled by how one-sided the last `momentum` changes were, the absolute Chande momentum
 * oscillator. Begins at the first value for which that is known.
 */
export function vidyaColumn(values: Float64Array, window: number, momentum: number): Float64Array {
  requireWindow('vidya', window);
  requireWindow('vidya', momentum, 'the window of the momentum');
  const out = cmoColumn(values, momentum);
  const weight = 2 / (window + 1) / 100;
  let average = NaN;
  for (let i = 0; i < out.length; i++) {
    const oneSided = Math.abs(out[i]!);
    if (oneSided !== oneSided) average = NaN;
    else if (average !== average) average = values[i]!;
    else average += weight * oneSided * (values[i]! - average);
    out[i] = average;
  }
  return out;
}
