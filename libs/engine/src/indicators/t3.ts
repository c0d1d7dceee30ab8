import { emaColumn } from './ema.js';
import { requireNumber, requireWindow } from './window.js';

/**
 * T3 (T. Tillson, Stocks & Commodities 16:1, 1998): a generalised DEMA, taken three times; `factor` 0 is an EMA of an EMA of
 * an EMA, 1 a DEMA of a DEMA of a DEMA.
 */
export function t3Column(values: Float64Array, window: number, factor: number): Float64Array {
  requireWindow('t3', window);
  requireNumber('t3', 'the factor', factor, 0, 1);
  const e3 = emaColumn(emaColumn(emaColumn(values, window), window), window);
  const e4 = emaColumn(e3, window);
  const e5 = emaColumn(e4, window);
  const e6 = emaColumn(e5, window);
  const square = factor * factor;
  const cube = square * factor;
  for (let i = 0; i < e6.length; i++) {
    e6[i] =
      -cube * e6[i]! +
      3 * (square + cube) * e5[i]! -
      3 * (2 * square + factor + cube) * e4[i]! +
      (1 + 3 * factor + cube + 3 * square) * e3[i]!;
  }
  return e6;
}
