import { newColumn } from '../new-column.js';
import { requireWindow } from './window.js';

/** The logarithm of a value over the one `bars` bars before: log returns add up. NaN where one of them is not above 0. */
export function logReturnColumn(values: Float64Array, bars: number): Float64Array {
  requireWindow('logReturn', bars, 'the distance');
  const out = newColumn(values.length);
  let valid = 0;
  for (let i = 0; i < out.length; i++) {
    valid = values[i]! > 0 && values[i]! < Infinity ? valid + 1 : 0;
    out[i] = valid > bars ? Math.log(values[i]! / values[i - bars]!) : NaN;
  }
  return out;
}
