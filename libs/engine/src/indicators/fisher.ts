import { newColumn } from '../new-column.js';
import type { HighLow } from './bar-columns.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { medianPriceColumn } from './prices.js';
import { placeWithin } from './stochastic.js';
import { requireWindow } from './window.js';

/**
 * Fisher transform (J. Ehlers, Stocks & Commodities 20:11, 2002): where the bar's middle lies in its range of `window`
 * bars, smoothed and stretched so that turns stand out; its value a bar before is the signal.
 */
export function fisherColumns({ high, low }: HighLow, window: number): { line: Float64Array; signal: Float64Array } {
  requireWindow('fisher', window);
  const middle = medianPriceColumn(high, low);
  const line = placeWithin(middle, lowestColumn(middle, window), highestColumn(middle, window), 1);
  const signal = newColumn(line.length);
  let place = 0;
  let before = 0;
  let isBegun = false;
  for (let i = 0; i < line.length; i++) {
    const within = line[i]!;
    if (within !== within) {
      place = before = 0;
      isBegun = false;
      signal[i] = NaN;
      continue;
    }
    place = Math.max(-0.999, Math.min(0.999, 0.66 * (within - 0.5) + 0.67 * place));
    signal[i] = isBegun ? before : NaN;
    isBegun = true;
    before = line[i] = 0.5 * Math.log((1 + place) / (1 - place)) + 0.5 * before;
  }
  return { line, signal };
}
