import { newColumn } from '../new-column.js';
import { requireNumber } from './window.js';

export interface MamaColumns {
  /** The adaptive average. */
  readonly mama: Float64Array;
  /** Following it at half the pace. */
  readonly fama: Float64Array;
}

export interface MamaLimits {
  /** Heaviest weight of a new value. */
  readonly fast: number;
  /** Lightest weight of a new value. */
  readonly slow: number;
}

/** Bars before the first value is told; the filters have swung in by then, as in TA-Lib. */
const warmUp = 32;
/** How far back the filters reach. */
const memory = 7;
const degrees = 180 / Math.PI;

/**
 * MESA adaptive moving average and its follower (J. Ehlers, MESA and Trading Market Cycles, 2nd ed., 2001): smoothed by how
 * fast the phase turns that a Hilbert transform finds in the values.
 */
export function mamaColumns(values: Float64Array, { fast, slow }: MamaLimits): MamaColumns {
  requireNumber('mama', 'the fast limit', fast, 0.01, 0.99);
  requireNumber('mama', 'the slow limit', slow, 0.01, fast);
  const mama = newColumn(values.length);
  const fama = newColumn(values.length);
  let from = 0;
  for (let i = 0; i <= values.length; i++) {
    if (i < values.length && Math.abs(values[i]!) < Infinity) continue;
    adapt(values.subarray(from, i), mama.subarray(from, i), fama.subarray(from, i), fast, slow);
    if (i < values.length) mama[i] = fama[i] = NaN;
    from = i + 1;
  }
  return { mama, fama };
}

/** Over a stretch without gaps. */
function adapt(values: Float64Array, mama: Float64Array, fama: Float64Array, fast: number, slow: number): void {
  // The last few values of each filter, the newest at 0.
  const smooth = new Float64Array(memory);
  const detrended = new Float64Array(memory);
  const inPhase = new Float64Array(memory);
  const quadrature = new Float64Array(memory);
  let period = 0;
  let phase = 0;
  let re = 0;
  let im = 0;
  let i2 = 0;
  let q2 = 0;
  let average = 0;
  let follower = 0;
  for (let i = 0; i < values.length; i++) {
    // Where the smoothing begins, in TA-Lib's order: the filters see the first values nine bars late.
    if (i >= 12) {
      const adjust = 0.075 * period + 0.54;
      push(smooth, (4 * values[i]! + 3 * values[i - 1]! + 2 * values[i - 2]! + values[i - 3]!) / 10);
      push(detrended, hilbert(smooth, adjust));
      push(quadrature, hilbert(detrended, adjust));
      push(inPhase, detrended[3]!);
      const i1 = inPhase[0]!;
      const q1 = quadrature[0]!;
      const i2Before = i2;
      const q2Before = q2;
      i2 = 0.2 * (i1 - hilbert(quadrature, adjust)) + 0.8 * i2Before;
      q2 = 0.2 * (q1 + hilbert(inPhase, adjust)) + 0.8 * q2Before;
      re = 0.2 * (i2 * i2Before + q2 * q2Before) + 0.8 * re;
      im = 0.2 * (i2 * q2Before - q2 * i2Before) + 0.8 * im;
      const turned = phase;
      phase = i1 !== 0 ? Math.atan(q1 / i1) * degrees : 0;
      const weight = Math.max(slow, Math.min(fast, fast / Math.max(1, turned - phase)));
      average += weight * (values[i]! - average);
      follower += 0.5 * weight * (average - follower);
      period = nextPeriod(period, re, im);
    }
    mama[i] = i < warmUp ? NaN : average;
    fama[i] = i < warmUp ? NaN : follower;
  }
}

/** The dominant cycle, in bars: 6 to 50, at most half as long again or a third shorter than before, and smoothed. */
function nextPeriod(before: number, re: number, im: number): number {
  const found = re !== 0 && im !== 0 ? 360 / (Math.atan(im / re) * degrees) : before;
  const near = Math.max(0.67 * before, Math.min(1.5 * before, found));
  return 0.2 * Math.max(6, Math.min(50, near)) + 0.8 * before;
}

function hilbert(x: Float64Array, adjust: number): number {
  return (0.0962 * (x[0]! - x[6]!) + 0.5769 * (x[2]! - x[4]!)) * adjust;
}

function push(x: Float64Array, value: number): void {
  x.copyWithin(1, 0, memory - 1);
  x[0] = value;
}
