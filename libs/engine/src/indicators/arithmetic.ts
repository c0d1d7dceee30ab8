import { newColumn } from '../new-column.js';
/** Columns from columns, value by value; whatever is not defined in one of them is not defined in the result. */

export function sumOf(a: Float64Array, b: Float64Array): Float64Array {
  const out = newColumn(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + b[i]!;
  return out;
}

export function difference(a: Float64Array, b: Float64Array): Float64Array {
  const out = newColumn(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! - b[i]!;
  return out;
}

export function product(a: Float64Array, b: Float64Array): Float64Array {
  const out = newColumn(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! * b[i]!;
  return out;
}

/** `scale * a / b`; `otherwise` where b is 0. */
export function quotient(a: Float64Array, b: Float64Array, scale: number, otherwise: number): Float64Array {
  const out = newColumn(a.length);
  for (let i = 0; i < out.length; i++) {
    const divisor = b[i]!;
    out[i] = divisor !== 0 ? finite((scale * a[i]!) / divisor) : a[i]! - a[i]! === 0 ? otherwise : NaN;
  }
  return out;
}

/** `p * a + q * b`. */
export function blend(p: number, a: Float64Array, q: number, b: Float64Array): Float64Array {
  const out = newColumn(a.length);
  for (let i = 0; i < out.length; i++) out[i] = p * a[i]! + q * b[i]!;
  return out;
}

/** The value `bars` bars before; not defined where a value between is not. */
export function lagged(values: Float64Array, bars: number): Float64Array {
  const out = newColumn(values.length);
  let valid = 0;
  for (let i = 0; i < out.length; i++) {
    valid = Math.abs(values[i]!) < Infinity ? valid + 1 : 0;
    out[i] = valid > bars ? values[i - bars]! : NaN;
  }
  return out;
}

/** Each value less the one `bars` bars before; not defined where a value between is not. */
export function change(values: Float64Array, bars = 1): Float64Array {
  const out = newColumn(values.length);
  let valid = 0;
  for (let i = 0; i < out.length; i++) {
    valid = Math.abs(values[i]!) < Infinity ? valid + 1 : 0;
    out[i] = valid > bars ? values[i]! - values[i - bars]! : NaN;
  }
  return out;
}

export function absolute(values: Float64Array): Float64Array {
  const out = newColumn(values.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.abs(values[i]!);
  return out;
}

/** The value, NaN where it is infinite. */
function finite(value: number): number {
  return value - value === 0 ? value : NaN;
}
