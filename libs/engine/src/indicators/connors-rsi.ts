import { newColumn } from '../new-column.js';
import { percentRankColumn } from './percent-rank.js';
import { rocColumn } from './roc.js';
import { rsiColumn } from './rsi.js';
import { requireWindow } from './window.js';

export interface ConnorsWindows {
  /** Bars of the RSI of the values. */
  readonly rsi: number;
  /** Bars of the RSI of the streak. */
  readonly streak: number;
  /** Bars that the latest change is ranked among. */
  readonly rank: number;
}

/**
 * Connors RSI, 0 to 100 (L. Connors and C. Alvarez, An Introduction to ConnorsRSI, 2012): the mean of a short RSI, the RSI
 * of how many bars the values have risen or fallen in a row, and the rank of the latest change among those before.
 */
export function connorsRsiColumn(values: Float64Array, { rsi, streak, rank }: ConnorsWindows): Float64Array {
  requireWindow('connorsRsi', rsi, 'the window of the RSI');
  requireWindow('connorsRsi', streak, 'the window of the streak');
  requireWindow('connorsRsi', rank, 'the window of the rank');
  const strength = rsiColumn(values, rsi);
  const streaks = rsiColumn(streakColumn(values), streak);
  const out = percentRankColumn(rocColumn(values, 1), rank);
  for (let i = 0; i < out.length; i++) out[i] = (out[i]! + strength[i]! + streaks[i]!) / 3;
  return out;
}

/** Bars in a row that the values have risen (above 0) or fallen (below 0); 0 where a value repeats, and at the first. */
export function streakColumn(values: Float64Array): Float64Array {
  const out = newColumn(values.length);
  let before = NaN;
  let streak = 0;
  for (let i = 0; i < out.length; i++) {
    const value = values[i]!;
    if (value > before) streak = Math.max(streak, 0) + 1;
    else if (value < before) streak = Math.min(streak, 0) - 1;
    else streak = 0;
    const isValid = Math.abs(value) < Infinity;
    before = isValid ? value : NaN;
    if (!isValid) streak = 0;
    out[i] = isValid ? streak : NaN;
  }
  return out;
}
