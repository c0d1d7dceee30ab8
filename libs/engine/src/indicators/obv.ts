import { newColumn } from '../new-column.js';
/**
 * On-balance volume (J. Granville, New Key to Stock Market Profits, 1963): volume added where a close rose and taken off
 * where it fell. 0 on the first bar and on the first after a gap (TA-Lib begins with the first volume instead).
 */
export function obvColumn(close: Float64Array, volume: Float64Array): Float64Array {
  const out = newColumn(close.length);
  let before = NaN;
  let balance = 0;
  for (let i = 0; i < out.length; i++) {
    const price = close[i]!;
    const units = volume[i]!;
    if (!(Math.abs(price) < Infinity && Math.abs(units) < Infinity)) {
      balance = 0;
      before = out[i] = NaN;
      continue;
    }
    if (price > before) balance += units;
    else if (price < before) balance -= units;
    before = price;
    out[i] = balance;
  }
  return out;
}
