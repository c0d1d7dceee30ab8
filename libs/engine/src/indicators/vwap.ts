import type { TradedPrices } from './bar-columns.js';
import { typicalPriceColumn } from './prices.js';
import { vwmaColumn } from './vwma.js';
import { requireWindow } from './window.js';

/**
 * Volume-weighted average price of the session: of the bars of the current date so far, by their typical prices. Begins
 * anew with each date, and after a gap. Not defined until a unit is traded.
 */
export function vwapColumn({ high, low, close, volume }: TradedPrices, dates: Float64Array): Float64Array {
  const out = typicalPriceColumn(high, low, close);
  let money = 0;
  let units = 0;
  for (let i = 0; i < out.length; i++) {
    if (i > 0 && dates[i] !== dates[i - 1]) money = units = 0;
    const traded = volume[i]!;
    const paid = out[i]! * traded;
    if (!(Math.abs(paid) < Infinity)) {
      money = units = 0;
      out[i] = NaN;
      continue;
    }
    money += paid;
    units += traded;
    out[i] = units > 0 ? money / units : NaN;
  }
  return out;
}

/** Volume-weighted average price of the last `window` bars, by their typical prices. */
export function rollingVwapColumn({ high, low, close, volume }: TradedPrices, window: number): Float64Array {
  requireWindow('rollingVwap', window);
  return vwmaColumn(typicalPriceColumn(high, low, close), volume, window);
}
