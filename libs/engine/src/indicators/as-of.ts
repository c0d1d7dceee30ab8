import { newColumn } from '../new-column.js';
/**
 * One series' values on the bars of another: at each bar the newest whose own bar was complete by then. Visibility rests
 * on `knownAt` alone, whatever the two intervals.
 */
export function asOfColumn(values: Float64Array, theirKnownAt: Float64Array, ourKnownAt: Float64Array): Float64Array {
  const out = newColumn(ourKnownAt.length);
  let newest = -1;
  for (let i = 0; i < out.length; i++) {
    while (newest + 1 < values.length && theirKnownAt[newest + 1]! <= ourKnownAt[i]!) newest++;
    out[i] = newest >= 0 ? values[newest]! : NaN;
  }
  return out;
}
