import { newColumn } from '../new-column.js';
import { quotient } from './arithmetic.js';
import type { HighLowClose } from './bar-columns.js';
import { rollingSum } from './rolling-sum.js';
import { trueRangeColumn } from './true-range.js';
import { requireWindow } from './window.js';

/**
 * Ultimate oscillator, 0 to 100 (L. Williams, Stocks & Commodities 3:4, 1985): buying pressure over true range, over
 * three windows, the shorter ones weighing 4 and 2 times the longest. 50 where nothing moved.
 */
export function ultimateOscillatorColumn(
  bars: HighLowClose,
  windows: { readonly short: number; readonly middle: number; readonly long: number },
): Float64Array {
  const { low, close } = bars;
  const reach = trueRangeColumn(bars);
  const pressure = newColumn(close.length);
  for (let i = 0; i < pressure.length; i++) {
    pressure[i] = reach[i] === reach[i] ? close[i]! - Math.min(low[i]!, close[i - 1]!) : NaN;
  }
  const over = (window: number, name: string): Float64Array => {
    requireWindow('ultimateOscillator', window, `the ${name} window`);
    return quotient(rollingSum(pressure, window), rollingSum(reach, window), 1, 0.5);
  };
  const [short, middle, long] = [
    over(windows.short, 'short'),
    over(windows.middle, 'middle'),
    over(windows.long, 'long'),
  ];
  for (let i = 0; i < long.length; i++) long[i] = (100 * (4 * short[i]! + 2 * middle[i]! + long[i]!)) / 7;
  return long;
}
