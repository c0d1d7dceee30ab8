import { newColumn } from '../new-column.js';
import { difference, quotient } from './arithmetic.js';
import type { TradedPrices } from './bar-columns.js';
import { emaColumn } from './ema.js';
import { cumulativeSum, rollingSum } from './rolling-sum.js';
import { requireFastAndSlow, requireWindow } from './window.js';

/** Accumulation/distribution line (M. Chaikin): all money flow so far. */
export function adlColumn(bars: TradedPrices): Float64Array {
  return cumulativeSum(flow(bars));
}

/** Chaikin money flow, -1 to 1: the money flow of `window` bars over their volume. 0 where nothing was traded. */
export function cmfColumn(bars: TradedPrices, window: number): Float64Array {
  requireWindow('cmf', window);
  return quotient(rollingSum(flow(bars), window), rollingSum(bars.volume, window), 1, 0);
}

/** Chaikin oscillator: fast less slow EMA of the accumulation/distribution line. */
export function chaikinOscillatorColumn(bars: TradedPrices, fast: number, slow: number): Float64Array {
  requireFastAndSlow('chaikinOscillator', fast, slow);
  const line = adlColumn(bars);
  return difference(emaColumn(line, fast), emaColumn(line, slow));
}

/** Volume times where the close lies in its bar: 1 at the high, -1 at the low, 0 where there is no range. */
function flow({ high, low, close, volume }: TradedPrices): Float64Array {
  const out = newColumn(close.length);
  for (let i = 0; i < out.length; i++) {
    const range = high[i]! - low[i]!;
    const place = close[i]! - low[i]! - (high[i]! - close[i]!);
    out[i] = range !== 0 ? (place / range) * volume[i]! : place * volume[i]!;
  }
  return out;
}
