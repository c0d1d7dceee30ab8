import { newColumn } from '../new-column.js';
import { requireWindow } from './window.js';

/** The six orders that three values can have. */
const orders = 6;

/**
 * Permutation entropy, 0 to 1 (C. Bandt and B. Pompe, Physical Review Letters 88, 2002): how evenly the six possible orders
 * of three neighbouring values occur among the last `window` of them. 1 is noise; a straight march is 0. Of equal values
 * the earlier counts as the lower.
 */
export function permutationEntropyColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('permutationEntropy', window, 'the window', 3);
  const length = values.length;
  const out = newColumn(length);
  const triples = window - 2;
  const counts = new Int32Array(orders);
  const scale = 1 / Math.log(orders);
  let valid = 0;
  for (let i = 0; i < length; i++) {
    if (!(Math.abs(values[i]!) < Infinity)) {
      valid = 0;
      counts.fill(0);
      out[i] = NaN;
      continue;
    }
    if (++valid >= 3) counts[orderOf(values, i)]!++;
    if (valid > window) counts[orderOf(values, i - triples)]!--;
    if (valid < window) {
      out[i] = NaN;
      continue;
    }
    let entropy = 0;
    for (let k = 0; k < orders; k++) {
      const share = counts[k]! / triples;
      if (share > 0) entropy -= share * Math.log(share);
    }
    out[i] = Math.max(0, entropy * scale);
  }
  return out;
}

function orderOf(values: Float64Array, last: number): number {
  const a = values[last - 2]!;
  const b = values[last - 1]!;
  const c = values[last]!;
  if (a <= b) return b <= c ? 0 : a <= c ? 1 : 2;
  return a <= c ? 3 : b <= c ? 4 : 5;
}
