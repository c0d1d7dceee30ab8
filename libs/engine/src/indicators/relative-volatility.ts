import { newColumn } from '../new-column.js';
import { change } from './arithmetic.js';
import { rollingSpread } from './standard-deviation.js';
import { requireWindow } from './window.js';
import { wilderColumn } from './wilder.js';

/**
 * Relative volatility index, 0 to 100 (D. Dorsey, Stocks & Commodities 11:6, 1993): an RSI of the standard deviation over
 * `deviation` bars, counted as gain on a bar that rose and as loss on one that fell. 50 where nothing moved.
 */
export function relativeVolatilityColumn(values: Float64Array, window: number, deviation: number): Float64Array {
  requireWindow('relativeVolatility', window);
  requireWindow('relativeVolatility', deviation, 'the window of the deviation');
  const up = rollingSpread(values, deviation).deviation;
  const down = newColumn(up.length);
  const moved = change(values);
  for (let i = 0; i < up.length; i++) {
    const spread = moved[i] === moved[i] ? up[i]! : NaN;
    up[i] = moved[i]! > 0 ? spread : 0 * spread;
    down[i] = moved[i]! < 0 ? spread : 0 * spread;
  }
  const gain = wilderColumn(up, window);
  const loss = wilderColumn(down, window);
  for (let i = 0; i < gain.length; i++) {
    const both = gain[i]! + loss[i]!;
    gain[i] = both === 0 ? 50 : (100 * gain[i]!) / both;
  }
  return gain;
}
