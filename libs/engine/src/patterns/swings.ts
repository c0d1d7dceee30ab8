import { newColumn } from '../new-column.js';
import type { HighLow } from '../indicators/bar-columns.js';
import { highestColumn, lowestColumn } from '../indicators/extremes.js';
import { requireWindow } from '../indicators/window.js';

export interface SwingColumns {
  /** Price of the newest swing high that is known. */
  readonly high: Float64Array;
  /** How many bars ago it lay. */
  readonly highAgo: Float64Array;
  /** 1 on the bar on which a swing high becomes known, else 0. */
  readonly highKnown: Float64Array;
  /** Price of the newest swing low that is known. */
  readonly low: Float64Array;
  /** How many bars ago it lay. */
  readonly lowAgo: Float64Array;
  /** 1 on the bar on which a swing low becomes known, else 0. */
  readonly lowKnown: Float64Array;
}

/** How far a swing stands out, in bars. */
export interface SwingReach {
  /** Bars before it that it is beyond. */
  readonly left: number;
  /** Bars after it that none goes beyond it; so many bars later it is known. */
  readonly right: number;
}

/**
 * Swing highs and lows (B. Williams' fractals are those of two bars on either side): a high above those of `left` bars
 * before it, and no lower than those of `right` bars after it; known `right` bars later, never before.
 */
export function swingColumns(bars: HighLow, { left, right }: SwingReach): SwingColumns {
  requireWindow('swings', left, 'the bars on the left');
  requireWindow('swings', right, 'the bars on the right');
  const [high, highAgo, highKnown] = follow(bars.high, left, right, 1);
  const [low, lowAgo, lowKnown] = follow(bars.low, left, right, -1);
  return { high, highAgo, highKnown, low, lowAgo, lowKnown };
}

function follow(
  values: Float64Array,
  left: number,
  right: number,
  sign: 1 | -1,
): [level: Float64Array, ago: Float64Array, known: Float64Array] {
  const extreme = sign > 0 ? highestColumn : lowestColumn;
  const before = extreme(values, left);
  const after = extreme(values, right);
  const level = newColumn(values.length);
  const ago = newColumn(values.length);
  const known = newColumn(values.length);
  let swing = -1;
  let valid = 0;
  for (let i = 0; i < values.length; i++) {
    valid = Math.abs(values[i]!) < Infinity ? valid + 1 : 0;
    if (valid === 0) swing = -1;
    const candidate = i - right;
    const isReady = valid > left + right;
    const value = isReady ? values[candidate]! : NaN;
    const isSwing = sign * (value - before[candidate - 1]!) > 0 && sign * (value - after[i]!) >= 0;
    if (isSwing) swing = candidate;
    known[i] = isReady ? Number(isSwing) : NaN;
    level[i] = swing >= 0 ? values[swing]! : NaN;
    ago[i] = swing >= 0 ? i - swing : NaN;
  }
  return [level, ago, known];
}
