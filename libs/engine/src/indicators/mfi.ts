import { newColumn } from '../new-column.js';
import type { TradedPrices } from './bar-columns.js';
import { typicalPriceColumn } from './prices.js';
import { rollingSum } from './rolling-sum.js';
import { requireWindow } from './window.js';

/**
 * Money flow index, 0 to 100 (G. Quong and A. Soudack, Stocks & Commodities 7:3, 1989): the money (typical price times
 * volume) of the bars that rose, over that of those that rose or fell. 50 where none did.
 */
export function mfiColumn({ high, low, close, volume }: TradedPrices, window: number): Float64Array {
  requireWindow('mfi', window);
  const price = typicalPriceColumn(high, low, close);
  const up = newColumn(price.length);
  const both = newColumn(price.length);
  for (let i = 0; i < price.length; i++) {
    const moved = i > 0 ? price[i]! - price[i - 1]! : NaN;
    const money = price[i]! * volume[i]!;
    both[i] = moved === moved ? (moved === 0 ? 0 * money : money) : NaN;
    up[i] = moved > 0 ? money : 0 * both[i]!;
  }
  const inflow = rollingSum(up, window);
  const all = rollingSum(both, window);
  for (let i = 0; i < all.length; i++) all[i] = all[i] === 0 ? 50 : (100 * inflow[i]!) / all[i]!;
  return all;
}
