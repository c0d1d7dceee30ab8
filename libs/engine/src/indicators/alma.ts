import { newColumn } from '../new-column.js';
import { requireNumber, requireWindow } from './window.js';

export interface AlmaShape {
  /** Where the heaviest weight lies: 0 at the oldest value, 1 at the newest. */
  readonly offset: number;
  /** How narrow the bell is: its standard deviation is the window over this. */
  readonly sigma: number;
}

/**
 * Arnaud Legoux moving average (A. Legoux and D. Kouzis-Loukas, 2009): weights of a Gaussian bell. Such weights cannot be
 * carried from bar to bar, so the cost is that of the window at each bar.
 */
export function almaColumn(values: Float64Array, window: number, { offset, sigma }: AlmaShape): Float64Array {
  requireWindow('alma', window);
  requireNumber('alma', 'the offset', offset, 0, 1);
  requireNumber('alma', 'sigma', sigma, Number.MIN_VALUE);
  const weights = bell(Math.min(window, values.length), offset, sigma, window);
  const out = newColumn(values.length);
  let valid = 0;
  for (let i = 0; i < out.length; i++) {
    valid = Math.abs(values[i]!) < Infinity ? valid + 1 : 0;
    if (valid < window) {
      out[i] = NaN;
      continue;
    }
    let sum = 0;
    for (let j = 0, from = i - window + 1; j < window; j++) sum += weights[j]! * values[from + j]!;
    out[i] = sum;
  }
  return out;
}

function bell(count: number, offset: number, sigma: number, window: number): Float64Array {
  const weights = new Float64Array(count);
  const middle = offset * (window - 1);
  const width = window / sigma;
  let sum = 0;
  for (let j = 0; j < count; j++) sum += weights[j] = Math.exp(-((j - middle) ** 2) / (2 * width * width));
  for (let j = 0; j < count; j++) weights[j]! /= sum;
  return weights;
}
