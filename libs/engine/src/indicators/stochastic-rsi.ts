import { highestColumn, lowestColumn } from './extremes.js';
import { rsiColumn } from './rsi.js';
import { smaColumn } from './sma.js';
import { placeWithin, type StochasticColumns, type StochasticWindows } from './stochastic.js';
import { requireWindow } from './window.js';

/** Where the RSI lies in its own range, 0 to 100 (T. Chande and S. Kroll, The New Technical Trader, 1994). */
export function stochasticRsiColumns(
  values: Float64Array,
  rsiWindow: number,
  { window, smooth, signal }: StochasticWindows,
): StochasticColumns {
  requireWindow('stochasticRsi', rsiWindow, 'the window of the RSI');
  requireWindow('stochasticRsi', window);
  requireWindow('stochasticRsi', smooth, 'the window of the smoothing');
  requireWindow('stochasticRsi', signal, 'the window of the signal');
  const rsi = rsiColumn(values, rsiWindow);
  const raw = placeWithin(rsi, lowestColumn(rsi, window), highestColumn(rsi, window), 100);
  const k = smooth === 1 ? raw : smaColumn(raw, smooth);
  return { k, d: smaColumn(k, signal) };
}
