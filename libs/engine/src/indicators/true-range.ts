import { newColumn } from '../new-column.js';
import type { HighLowClose } from './bar-columns.js';

/**
 * True range (Wilder 1978), in the price's unit: how far a bar reached, the close before it included. Not defined on the
 * first bar, nor on the first after a gap.
 */
export function trueRangeColumn({ high, low, close }: HighLowClose): Float64Array {
  const out = newColumn(close.length);
  let previous = NaN;
  for (let i = 0; i < out.length; i++) {
    const range = Math.max(high[i]!, previous) - Math.min(low[i]!, previous);
    previous = close[i]!;
    out[i] = range < Infinity && previous - previous === 0 ? range : NaN;
  }
  return out;
}
