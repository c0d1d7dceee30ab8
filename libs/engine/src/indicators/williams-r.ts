import type { HighLowClose } from './bar-columns.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { placeWithin } from './stochastic.js';
import { requireWindow } from './window.js';

/** Williams %R, -100 to 0 (L. Williams, 1973): the stochastic oscillator, counted down from the high. */
export function williamsRColumn({ high, low, close }: HighLowClose, window: number): Float64Array {
  requireWindow('williamsR', window);
  const out = placeWithin(close, lowestColumn(low, window), highestColumn(high, window), 100);
  for (let i = 0; i < out.length; i++) out[i]! -= 100;
  return out;
}
