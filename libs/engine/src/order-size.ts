import type { Bars } from './bars.js';

const microsecondsPerYear = 365.25 * 86_400e6;

/**
 * Standard deviation of the logarithmic returns over the last `window` bars up to `index`, a year (Hull, Options, Futures
 * and Other Derivatives, §15.4). How many bars a year has is counted from the first bar on. NaN where too few are known.
 */
export function annualVolatility({ close, time }: Bars, index: number, window: number): number {
  if (index < window) return NaN;
  let sum = 0;
  let squares = 0;
  for (let bar = index - window + 1; bar <= index; bar++) {
    const move = Math.log(close[bar]! / close[bar - 1]!);
    sum += move;
    squares += move * move;
  }
  const variance = (squares - (sum * sum) / window) / (window - 1);
  const barsAYear = (index * microsecondsPerYear) / (time[index]! - time[0]!);
  return Math.sqrt(Math.max(0, variance) * barsAYear);
}
