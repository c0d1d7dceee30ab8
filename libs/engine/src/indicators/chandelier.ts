import { atrColumn } from './atr.js';
import type { HighLowClose } from './bar-columns.js';
import { blend } from './arithmetic.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { requireNumber, requireWindow } from './window.js';

/** Chandelier exits (C. Le Beau; in A. Elder, Come into My Trading Room, 2002): so many average ranges from the extreme. */
export function chandelierColumns(
  { high, low, close }: HighLowClose,
  window: number,
  ranges: number,
): { long: Float64Array; short: Float64Array } {
  requireWindow('chandelier', window);
  requireNumber('chandelier', 'the number of ranges', ranges, 0);
  const range = atrColumn(high, low, close, window);
  return {
    long: blend(1, highestColumn(high, window), -ranges, range),
    short: blend(1, lowestColumn(low, window), ranges, range),
  };
}
