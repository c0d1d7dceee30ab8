import { newColumn } from '../new-column.js';
import type { HighLowClose } from './bar-columns.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { smaColumn } from './sma.js';
import { requireWindow } from './window.js';

export interface StochasticColumns {
  readonly k: Float64Array;
  /** The simple average of %K: its signal. */
  readonly d: Float64Array;
}

export interface StochasticWindows {
  /** Bars whose range is looked at. */
  readonly window: number;
  /** Bars that %K is averaged over: 1 is the fast stochastic, 3 the slow one. */
  readonly smooth: number;
  /** Bars of %D. */
  readonly signal: number;
}

/** Stochastic oscillator, 0 to 100 (G. Lane, Stocks & Commodities 2:3, 1984); as in TA-Lib. */
export function stochasticColumns(
  { high, low, close }: HighLowClose,
  { window, smooth, signal }: StochasticWindows,
): StochasticColumns {
  requireWindow('stochastic', window);
  requireWindow('stochastic', smooth, 'the window of the smoothing');
  requireWindow('stochastic', signal, 'the window of the signal');
  const raw = placeWithin(close, lowestColumn(low, window), highestColumn(high, window), 100);
  const k = smooth === 1 ? raw : smaColumn(raw, smooth);
  return { k, d: smaColumn(k, signal) };
}

/** Where values lie between a low and a high: 0 at the low, `scale` at the high, the middle where there is no range. */
export function placeWithin(values: Float64Array, low: Float64Array, high: Float64Array, scale: number): Float64Array {
  const out = newColumn(values.length);
  for (let i = 0; i < out.length; i++) {
    const bottom = low[i]!;
    const range = high[i]! - bottom;
    const above = values[i]! - bottom;
    out[i] = range > 0 ? scale * (above / range) : range === 0 && above === above ? scale / 2 : NaN;
  }
  return out;
}
