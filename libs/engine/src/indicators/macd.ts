import { newColumn } from '../new-column.js';
import { requireFastAndSlow, requireWindow } from './window.js';

export interface MacdColumns {
  /** The fast average less the slow one. */
  readonly line: Float64Array;
  /** The line's own exponential average. */
  readonly signal: Float64Array;
  /** The line less its signal. */
  readonly histogram: Float64Array;
}

/** The three windows of a MACD, in bars; 12, 26 and 9 in G. Appel, Technical Analysis: Power Tools, 2005. */
export interface MacdWindows {
  readonly fast: number;
  readonly slow: number;
  readonly signal: number;
}

/**
 * Moving average convergence divergence; every exponential average begins with its own simple average. The three averages
 * are those of emaColumn, taken in one pass: each waits for its own last value only, so the three cost little more than one.
 */
export function macdColumns(values: Float64Array, windows: MacdWindows): MacdColumns {
  requireFastAndSlow('macd', windows.fast, windows.slow);
  requireWindow('macd', windows.signal, 'the window of the signal');
  const { length } = values;
  const line = newColumn(length);
  const signal = newColumn(length);
  const histogram = newColumn(length);
  const { fast: fastWindow, slow: slowWindow, signal: signalWindow } = windows;
  const fastWeight = 2 / (fastWindow + 1);
  const slowWeight = 2 / (slowWindow + 1);
  const signalWeight = 2 / (signalWindow + 1);
  const isBegunAt = slowWindow + signalWindow - 1;
  let seen = 0;
  // Sums until their windows are full, averages from then on.
  let fast = 0;
  let slow = 0;
  let average = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (seen >= isBegunAt) {
      fast += fastWeight * (value - fast);
      slow += slowWeight * (value - slow);
      const distance = fast - slow;
      average += signalWeight * (distance - average);
      line[i] = distance;
      signal[i] = average;
      histogram[i] = distance - average;
      if (Math.abs(average) < Infinity) continue;
    } else if (Math.abs(value) < Infinity) {
      seen++;
      fast += seen > fastWindow ? fastWeight * (value - fast) : value;
      slow += seen > slowWindow ? slowWeight * (value - slow) : value;
      if (seen === fastWindow) fast /= fastWindow;
      if (seen === slowWindow) slow /= slowWindow;
      const distance = seen >= slowWindow ? fast - slow : NaN;
      if (seen >= slowWindow) average += distance;
      if (seen === isBegunAt) average /= signalWindow;
      line[i] = distance;
      signal[i] = seen === isBegunAt ? average : NaN;
      histogram[i] = distance - signal[i]!;
      continue;
    }
    line[i] = signal[i] = histogram[i] = NaN;
    seen = fast = slow = average = 0;
  }
  return { line, signal, histogram };
}
