import { newColumn } from '../new-column.js';
import { cumulativeSum } from './rolling-sum.js';

/**
 * Price volume trend: all volume so far, each bar's times its relative change of the close. 0 on the first bar and on the
 * first after a gap.
 */
export function pvtColumn(close: Float64Array, volume: Float64Array): Float64Array {
  const flow = newColumn(close.length);
  let before = NaN;
  for (let i = 0; i < flow.length; i++) {
    const price = close[i]!;
    const units = volume[i]!;
    const isValid = Math.abs(price) < Infinity && Math.abs(units) < Infinity;
    if (!isValid) flow[i] = NaN;
    else if (before === before && before !== 0) flow[i] = units * (price / before - 1);
    before = isValid ? price : NaN;
  }
  return cumulativeSum(flow);
}
