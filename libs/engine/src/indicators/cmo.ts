import { newColumn } from '../new-column.js';
import { change } from './arithmetic.js';
import { rollingSum } from './rolling-sum.js';
import { requireWindow } from './window.js';

/**
 * Chande momentum oscillator, -100 to 100 (T. Chande and S. Kroll, The New Technical Trader, 1994): the sum of the last
 * `window` gains less that of the losses, over both. Plain sums as in the book; TA-Lib smooths them as Wilder would.
 * 0 where nothing moved.
 */
export function cmoColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('cmo', window);
  const gains = change(values);
  const losses = newColumn(gains.length);
  for (let i = 0; i < gains.length; i++) {
    const moved = gains[i]!;
    gains[i] = Math.max(moved, 0);
    losses[i] = Math.max(-moved, 0);
  }
  const up = rollingSum(gains, window);
  const down = rollingSum(losses, window);
  for (let i = 0; i < up.length; i++) {
    const both = up[i]! + down[i]!;
    up[i] = both === 0 ? 0 : (100 * (up[i]! - down[i]!)) / both;
  }
  return up;
}
