import { difference, quotient } from './arithmetic.js';
import { emaColumn } from './ema.js';
import type { MacdColumns, MacdWindows } from './macd.js';
import { requireFastAndSlow, requireWindow } from './window.js';

/** Absolute price oscillator: the fast exponential average less the slow one, the line of a MACD. */
export function apoColumn(values: Float64Array, fast: number, slow: number): Float64Array {
  requireFastAndSlow('apo', fast, slow);
  return difference(emaColumn(values, fast), emaColumn(values, slow));
}

/** Percentage price oscillator (G. Appel): a MACD in percent of its slow average, so that it compares across prices. */
export function ppoColumns(values: Float64Array, { fast, slow, signal: window }: MacdWindows): MacdColumns {
  requireFastAndSlow('ppo', fast, slow);
  requireWindow('ppo', window, 'the window of the signal');
  const average = emaColumn(values, slow);
  const line = quotient(difference(emaColumn(values, fast), average), average, 100, NaN);
  const signal = emaColumn(line, window);
  return { line, signal, histogram: difference(line, signal) };
}
