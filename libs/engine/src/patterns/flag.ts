import { newColumn } from '../new-column.js';
import { atrColumn } from '../indicators/atr.js';
import type { HighLowClose } from '../indicators/bar-columns.js';
import { highestColumn, lowestColumn } from '../indicators/extremes.js';
import { requireNumber, requireWindow } from '../indicators/window.js';
import { isBar } from './formation.js';

/** Bars of the average range that a pole is measured by. */
const rangeBars = 14;

export interface FlagShape {
  /** Bars of the steep move. */
  readonly pole: number;
  /** Bars of the rest after it. */
  readonly rest: number;
  /** How far the pole must reach, in average true ranges before the rest. */
  readonly ranges: number;
  /** How much of the pole the rest may span at most, as a fraction. */
  readonly depth: number;
}

export interface FlagColumns {
  /** 1 where the last `rest` bars are the rest of a flag whose pole rose, -1 of one whose pole fell, else 0. */
  readonly formed: Float64Array;
  /** On the bar that closes out of the rest in the pole's direction: 1 up, -1 down. Else 0. */
  readonly signal: Float64Array;
  /** Highest price of the `rest` bars before the current one. */
  readonly upper: Float64Array;
  /** Lowest price of the `rest` bars before the current one. */
  readonly lower: Float64Array;
  /** How far the pole before those bars reached, signed, in the price's unit. */
  readonly poleHeight: Float64Array;
}

/**
 * Flags and pennants (after T. Bulkowski, Encyclopedia of Chart Patterns, 2000; the measures are our own): a steep move of
 * `pole` bars, by its closes, then a rest of `rest` bars that spans little of it. Of a pennant the second half of the rest is
 * also narrower than the first.
 */
export function flagColumns(name: string, bars: HighLowClose, shape: FlagShape, isPennant: boolean): FlagColumns {
  const { pole, rest, ranges, depth } = shape;
  requireWindow(name, pole, 'the bars of the pole');
  requireWindow(name, rest, 'the bars of the rest', 4);
  requireNumber(name, 'the reach of the pole in ranges', ranges, 0);
  requireNumber(name, 'the depth of the rest', depth, 0, 1);
  const { high, low, close } = bars;
  const half = rest >> 1;
  const range = atrColumn(high, low, close, rangeBars);
  const top = highestColumn(high, rest);
  const bottom = lowestColumn(low, rest);
  const topOfHalf = highestColumn(high, half);
  const bottomOfHalf = lowestColumn(low, half);
  const { length } = close;
  const column = (): Float64Array => newColumn(length);
  const out = { formed: column(), signal: column(), upper: column(), lower: column(), poleHeight: column() };
  const needed = Math.max(pole, rangeBars) + rest + 2;
  /** What the rest that ended on the bar before was. */
  let before = 0;
  let valid = 0;
  for (let i = 0; i < length; i++) {
    valid = isBar(bars, i) ? valid + 1 : 0;
    if (valid < needed) {
      before = 0;
      out.formed[i] = out.signal[i] = out.upper[i] = out.lower[i] = out.poleHeight[i] = NaN;
      continue;
    }
    const end = i - rest;
    const height = close[end]! - close[end - pole]!;
    const isSteep = Math.abs(height) >= ranges * range[end]!;
    const isShallow = top[i]! - bottom[i]! <= depth * Math.abs(height);
    const narrows = topOfHalf[i]! - bottomOfHalf[i]! < topOfHalf[i - half]! - bottomOfHalf[i - half]!;
    const now = isSteep && isShallow && (!isPennant || narrows) ? Math.sign(height) : 0;
    out.upper[i] = top[i - 1]!;
    out.lower[i] = bottom[i - 1]!;
    out.poleHeight[i] = close[end - 1]! - close[end - 1 - pole]!;
    const isOut = before > 0 ? close[i]! > top[i - 1]! : before < 0 && close[i]! < bottom[i - 1]!;
    out.signal[i] = isOut ? before : 0;
    out.formed[i] = now;
    before = now;
  }
  return out;
}
