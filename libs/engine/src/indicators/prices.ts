import { newColumn } from '../new-column.js';
/** Prices that stand for a whole bar. */

export function medianPriceColumn(high: Float64Array, low: Float64Array): Float64Array {
  const out = newColumn(high.length);
  for (let i = 0; i < out.length; i++) out[i] = (high[i]! + low[i]!) / 2;
  return out;
}

export function typicalPriceColumn(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  const out = newColumn(high.length);
  for (let i = 0; i < out.length; i++) out[i] = (high[i]! + low[i]! + close[i]!) / 3;
  return out;
}

export function weightedCloseColumn(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  const out = newColumn(high.length);
  for (let i = 0; i < out.length; i++) out[i] = (high[i]! + low[i]! + 2 * close[i]!) / 4;
  return out;
}

export function averagePriceColumn(
  open: Float64Array,
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
): Float64Array {
  const out = newColumn(high.length);
  for (let i = 0; i < out.length; i++) out[i] = (open[i]! + high[i]! + low[i]! + close[i]!) / 4;
  return out;
}
