import { newColumn } from '../new-column.js';
import { nowhere, requireWindow } from './window.js';

/** The highest of the last `window` values, the current one included. */
export function highestColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('highest', window);
  return extremes(values, window, 1, false);
}

/** The lowest of the last `window` values, the current one included. */
export function lowestColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('lowest', window);
  return extremes(values, window, -1, false);
}

/** How many bars ago the highest of the last `window` values was, the newest where several are equal. */
export function highestAgoColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('highestAgo', window);
  return extremes(values, window, 1, true);
}

/** How many bars ago the lowest of the last `window` values was, the newest where several are equal. */
export function lowestAgoColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('lowestAgo', window);
  return extremes(values, window, -1, true);
}

/**
 * A queue of bars whose values fall from front to back: the front is the extreme of the window, and each bar enters and
 * leaves once, so the cost does not depend on the window (D. Lemire, Streaming Maximum-Minimum Filter, 2006).
 */
function extremes(values: Float64Array, window: number, sign: 1 | -1, asBarsAgo: boolean): Float64Array {
  const length = values.length;
  if (window > length) return nowhere(length);
  const out = newColumn(length);
  const mask = 2 ** Math.ceil(Math.log2(window + 1)) - 1;
  const queue = new Int32Array(mask + 1);
  let front = 0;
  let back = 0;
  let valid = 0;
  for (let i = 0; i < length; i++) {
    const value = sign * values[i]!;
    if (!(Math.abs(value) < Infinity)) {
      valid = front = back = 0;
      out[i] = NaN;
      continue;
    }
    while (back > front && sign * values[queue[(back - 1) & mask]!]! <= value) back--;
    queue[back++ & mask] = i;
    if (queue[front & mask]! <= i - window) front++;
    const extreme = queue[front & mask]!;
    out[i] = ++valid < window ? NaN : asBarsAgo ? i - extreme : values[extreme]!;
  }
  return out;
}
