import { newColumn } from '../new-column.js';
import { difference, quotient } from './arithmetic.js';
import type { Prices } from './bar-columns.js';
import { rollingSum } from './rolling-sum.js';
import { requireWindow } from './window.js';

/**
 * Relative vigor index (J. Ehlers, Stocks & Commodities 20:1, 2002): how far bars close from their open, over their range,
 * both smoothed with weights 1, 2, 2, 1 and summed over `window` bars; the signal is smoothed the same way once more. 0
 * where nothing moved.
 */
export function relativeVigorColumns(
  { open, high, low, close }: Prices,
  window: number,
): { line: Float64Array; signal: Float64Array } {
  requireWindow('relativeVigor', window);
  const body = rollingSum(fourBars(difference(close, open)), window);
  const range = rollingSum(fourBars(difference(high, low)), window);
  const line = quotient(body, range, 1, 0);
  return { line, signal: fourBars(line) };
}

function fourBars(values: Float64Array): Float64Array {
  const out = newColumn(values.length);
  out.fill(NaN, 0, 3);
  for (let i = 3; i < out.length; i++) {
    out[i] = (values[i]! + 2 * values[i - 1]! + 2 * values[i - 2]! + values[i - 3]!) / 6;
  }
  return out;
}
