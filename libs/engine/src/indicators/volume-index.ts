import { newColumn } from '../new-column.js';
/** Negative volume index (P. Dysart; N. Fosback, Stock Market Logic, 1976): moves with the close where volume fell. */
export function nviColumn(close: Float64Array, volume: Float64Array): Float64Array {
  return volumeIndex(close, volume, -1);
}

/** Positive volume index (N. Fosback, Stock Market Logic, 1976): moves with the close where volume rose. */
export function pviColumn(close: Float64Array, volume: Float64Array): Float64Array {
  return volumeIndex(close, volume, 1);
}

/** Begins at 1,000, and anew after a gap. */
function volumeIndex(close: Float64Array, volume: Float64Array, sign: 1 | -1): Float64Array {
  const out = newColumn(close.length);
  let index = 1000;
  let price = NaN;
  let units = NaN;
  for (let i = 0; i < out.length; i++) {
    const priceNow = close[i]!;
    const unitsNow = volume[i]!;
    if (!(Math.abs(priceNow) < Infinity && Math.abs(unitsNow) < Infinity)) {
      index = 1000;
      price = units = out[i] = NaN;
      continue;
    }
    if (sign * (unitsNow - units) > 0 && price !== 0) index *= priceNow / price;
    price = priceNow;
    units = unitsNow;
    out[i] = index;
  }
  return out;
}
