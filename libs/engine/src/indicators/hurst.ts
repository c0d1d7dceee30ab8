import { newColumn } from '../new-column.js';
import { change } from './arithmetic.js';
import { rollingSum } from './rolling-sum.js';
import { requireWindow } from './window.js';

/** Distances, in bars, over which the moves are compared, and their logarithms about their mean. */
const lags = [1, 2, 4, 8, 16];
const logs = lags.map((lag) => Math.log(lag) - Math.log(4));
const spread = logs.reduce((sum, log) => sum + log * log, 0);

/**
 * Hurst exponent, by the generalised method of second order (T. Di Matteo, Quantitative Finance 7:1, 2007): how the root mean
 * square move grows with its distance of 1, 2, 4, 8 and 16 bars, as the slope of the logarithms over `window` moves each.
 * About 0.5 for a random walk, above it in a trend, below it where moves are taken back. 0.5 where nothing moved.
 */
export function hurstColumn(values: Float64Array, window: number): Float64Array {
  requireWindow('hurst', window, 'the window', 2);
  const out = newColumn(values.length);
  lags.forEach((lag, index) => {
    const moves = change(values, lag);
    for (let i = 0; i < moves.length; i++) moves[i]! *= moves[i]!;
    const squares = rollingSum(moves, window);
    const weight = logs[index]! / (2 * spread);
    for (let i = 0; i < out.length; i++) out[i]! += weight * Math.log(squares[i]!);
  });
  for (let i = 0; i < out.length; i++) {
    // A logarithm of 0: one of the distances shows no move at all.
    if (out[i] === out[i] && Math.abs(out[i]!) === Infinity) out[i] = 0.5;
  }
  return out;
}
