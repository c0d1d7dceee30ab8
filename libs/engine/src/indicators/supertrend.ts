import { newColumn } from '../new-column.js';
import { atrColumn } from './atr.js';
import type { HighLowClose } from './bar-columns.js';
import { requireNumber, requireWindow } from './window.js';

export interface SupertrendColumns {
  /** Where the trend would turn: below the price while it rises, above it while it falls. */
  readonly line: Float64Array;
  /** 1 while the trend rises, -1 while it falls. */
  readonly direction: Float64Array;
}

/**
 * SuperTrend (O. Seban, 2008): a band of some average true ranges about the bar's middle, that only moves towards the price
 * until a close goes beyond it. Begins with a rising trend where the first close lies at or above its bar's middle.
 */
export function supertrendColumns(bars: HighLowClose, window: number, ranges: number): SupertrendColumns {
  requireWindow('supertrend', window);
  requireNumber('supertrend', 'the number of ranges', ranges, 0);
  const { high, low, close } = bars;
  const line = atrColumn(high, low, close, window);
  const direction = newColumn(line.length);
  let upper = NaN;
  let lower = NaN;
  let trend = 0;
  for (let i = 0; i < line.length; i++) {
    const reach = ranges * line[i]!;
    if (reach !== reach) {
      upper = lower = line[i] = direction[i] = NaN;
      trend = 0;
      continue;
    }
    const middle = (high[i]! + low[i]!) / 2;
    const before = i > 0 ? close[i - 1]! : NaN;
    upper = middle + reach < upper || before > upper || trend === 0 ? middle + reach : upper;
    lower = middle - reach > lower || before < lower || trend === 0 ? middle - reach : lower;
    if (trend === 0) trend = close[i]! >= middle ? 1 : -1;
    else if (trend < 0 && close[i]! > upper) trend = 1;
    else if (trend > 0 && close[i]! < lower) trend = -1;
    line[i] = trend > 0 ? lower : upper;
    direction[i] = trend;
  }
  return { line, direction };
}
