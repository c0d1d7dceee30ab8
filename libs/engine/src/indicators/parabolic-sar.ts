import { newColumn } from '../new-column.js';
import type { HighLow } from './bar-columns.js';
import { requireNumber } from './window.js';

/**
 * Parabolic stop and reverse (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978), the stop for the bar it
 * stands at. As in TA-Lib: the first trade is short where the second bar's low fell by more than its high rose, and a stop
 * never lies within the range of the two bars before.
 */
export function parabolicSarColumn({ high, low }: HighLow, step: number, most: number): Float64Array {
  requireNumber('parabolicSar', 'the step', step, 0);
  requireNumber('parabolicSar', 'the greatest acceleration', most, step);
  const out = newColumn(high.length);
  let highBefore = NaN;
  let lowBefore = NaN;
  let isLong = true;
  let isBegun = false;
  let stop = 0;
  let extreme = 0;
  let acceleration = step;
  for (let i = 0; i < out.length; i++) {
    const top = high[i]!;
    const bottom = low[i]!;
    if (!(top - bottom < Infinity)) {
      highBefore = lowBefore = out[i] = NaN;
      isBegun = false;
      continue;
    }
    if (highBefore !== highBefore) {
      out[i] = NaN;
      highBefore = top;
      lowBefore = bottom;
      continue;
    }
    if (!isBegun) {
      const fell = lowBefore - bottom;
      isLong = !(fell > 0 && fell > top - highBefore);
      stop = isLong ? lowBefore : highBefore;
      extreme = isLong ? top : bottom;
      acceleration = step;
      isBegun = true;
      // The first stop is compared with its own bar alone.
      highBefore = top;
      lowBefore = bottom;
    }
    const isHit = isLong ? bottom <= stop : top >= stop;
    if (isHit) {
      isLong = !isLong;
      stop = isLong ? Math.min(extreme, lowBefore, bottom) : Math.max(extreme, highBefore, top);
      out[i] = stop;
      acceleration = step;
      extreme = isLong ? top : bottom;
    } else {
      out[i] = stop;
      if (isLong ? top > extreme : bottom < extreme) {
        extreme = isLong ? top : bottom;
        acceleration = Math.min(acceleration + step, most);
      }
    }
    stop += acceleration * (extreme - stop);
    stop = isLong ? Math.min(stop, lowBefore, bottom) : Math.max(stop, highBefore, top);
    highBefore = top;
    lowBefore = bottom;
  }
  return out;
}
