import { difference } from './arithmetic.js';
import type { HighLowClose } from './bar-columns.js';
import { emaColumn } from './ema.js';
import { requireWindow } from './window.js';

/** Elder ray (A. Elder, Trading for a Living, 1993): how far the high and the low stand from the EMA of the closes. */
export function elderRayColumns(
  { high, low, close }: HighLowClose,
  window: number,
): { bull: Float64Array; bear: Float64Array } {
  requireWindow('elderRay', window);
  const average = emaColumn(close, window);
  return { bull: difference(high, average), bear: difference(low, average) };
}
