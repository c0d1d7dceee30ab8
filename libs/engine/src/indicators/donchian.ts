import type { HighLow } from './bar-columns.js';
import type { BollingerColumns } from './bollinger.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { medianPriceColumn } from './prices.js';
import { requireWindow } from './window.js';

/** Donchian channel (R. Donchian, 1960): highest high and lowest low of `window` bars, and the middle of both. */
export function donchianColumns({ high, low }: HighLow, window: number): BollingerColumns {
  requireWindow('donchian', window);
  const upper = highestColumn(high, window);
  const lower = lowestColumn(low, window);
  return { upper, middle: medianPriceColumn(upper, lower), lower };
}
