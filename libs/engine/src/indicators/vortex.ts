import { newColumn } from '../new-column.js';
import { quotient } from './arithmetic.js';
import type { HighLowClose } from './bar-columns.js';
import { rollingSum } from './rolling-sum.js';
import { trueRangeColumn } from './true-range.js';
import { requireWindow } from './window.js';

/** Vortex (E. Botes and D. Siepman, Stocks & Commodities 28:1, 2010): movement up and down over true range. */
export function vortexColumns(bars: HighLowClose, window: number): { plus: Float64Array; minus: Float64Array } {
  requireWindow('vortex', window);
  const { high, low } = bars;
  const range = trueRangeColumn(bars);
  const up = newColumn(range.length);
  const down = newColumn(range.length);
  for (let i = 0; i < range.length; i++) {
    const isKnown = range[i] === range[i];
    up[i] = isKnown ? Math.abs(high[i]! - low[i - 1]!) : NaN;
    down[i] = isKnown ? Math.abs(low[i]! - high[i - 1]!) : NaN;
  }
  const whole = rollingSum(range, window);
  return {
    plus: quotient(rollingSum(up, window), whole, 1, 1),
    minus: quotient(rollingSum(down, window), whole, 1, 1),
  };
}
