import { newColumn } from '../new-column.js';
import type { HighLow } from './bar-columns.js';
import { highestAgoColumn, lowestAgoColumn } from './extremes.js';
import { requireWindow } from './window.js';

export interface AroonColumns {
  readonly up: Float64Array;
  readonly down: Float64Array;
  /** Up less down, -100 to 100. */
  readonly oscillator: Float64Array;
}

/** Aroon, 0 to 100 (T. Chande, 1995): how lately the high and the low of `window` bars and the one before were made. */
export function aroonColumns({ high, low }: HighLow, window: number): AroonColumns {
  requireWindow('aroon', window);
  const up = highestAgoColumn(high, window + 1);
  const down = lowestAgoColumn(low, window + 1);
  const oscillator = newColumn(up.length);
  for (let i = 0; i < up.length; i++) {
    up[i] = (100 * (window - up[i]!)) / window;
    down[i] = (100 * (window - down[i]!)) / window;
    oscillator[i] = up[i]! - down[i]!;
  }
  return { up, down, oscillator };
}
