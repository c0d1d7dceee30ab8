import { newColumn } from '../new-column.js';
import { absolute, change } from './arithmetic.js';
import { rollingSum } from './rolling-sum.js';
import { requireFastAndSlow, requireWindow } from './window.js';

export interface KamaWindows {
  /** Bars of the efficiency ratio. */
  readonly window: number;
  /** Bars of the EMA that it is in a straight move. */
  readonly fast: number;
  /** Bars of the EMA that it is in mere noise. */
  readonly slow: number;
}

/**
 * Kaufman's adaptive moving average (P. Kaufman, Smarter Trading, 1995): smoothed the less, the straighter the last `window`
 * changes went. Begins at the value before the first that it averages, as in TA-Lib.
 */
export function kamaColumn(values: Float64Array, { window, fast, slow }: KamaWindows): Float64Array {
  requireWindow('kama', window);
  requireFastAndSlow('kama', fast, slow);
  const move = change(values, window);
  const path = rollingSum(absolute(change(values)), window);
  const least = 2 / (slow + 1);
  const reach = 2 / (fast + 1) - least;
  const out = newColumn(values.length);
  let average = NaN;
  for (let i = 0; i < out.length; i++) {
    const total = path[i]!;
    if (!(total >= 0)) {
      out[i] = average = NaN;
      continue;
    }
    const way = Math.abs(move[i]!);
    const weight = (way < total ? way / total : 1) * reach + least;
    const before = average === average ? average : values[i - 1]!;
    out[i] = average = before + weight * weight * (values[i]! - before);
  }
  return out;
}
