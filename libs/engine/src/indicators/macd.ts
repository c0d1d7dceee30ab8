import { emaColumn } from './ema.js';
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

/** Moving average convergence divergence; every exponential average begins with its own simple average. */
export function macdColumns(values: Float64Array, windows: MacdWindows): MacdColumns {
  requireFastAndSlow('macd', windows.fast, windows.slow);
  requireWindow('macd', windows.signal, 'the window of the signal');
  const line = emaColumn(values, windows.fast);
  const slow = emaColumn(values, windows.slow);
  for (let i = 0; i < line.length; i++) line[i]! -= slow[i]!;
  const signal = emaColumn(line, windows.signal);
  const histogram = slow;
  for (let i = 0; i < line.length; i++) histogram[i] = line[i]! - signal[i]!;
  return { line, signal, histogram };
}
