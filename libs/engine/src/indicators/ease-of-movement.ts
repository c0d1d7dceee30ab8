import { change } from './arithmetic.js';
import type { TradedPrices } from './bar-columns.js';
import { medianPriceColumn } from './prices.js';
import { smaColumn } from './sma.js';
import { requireNumber, requireWindow } from './window.js';

/**
 * Ease of movement (R. Arms, Volume Cycles in the Stock Market, 1983): how far the bars' middle moved for the volume that
 * it took per unit of range, `scale` units of volume counted as one, averaged. A bar without volume counts 0.
 */
export function easeOfMovementColumn(
  { high, low, volume }: Omit<TradedPrices, 'close'>,
  window: number,
  scale: number,
): Float64Array {
  requireWindow('easeOfMovement', window);
  requireNumber('easeOfMovement', 'the scale', scale, Number.MIN_VALUE);
  const moved = change(medianPriceColumn(high, low));
  for (let i = 0; i < moved.length; i++) {
    const traded = volume[i]! / scale;
    moved[i] = traded === 0 ? 0 * moved[i]! : (moved[i]! * (high[i]! - low[i]!)) / traded;
  }
  return smaColumn(moved, window);
}
