import type { Bars } from '../../bars.js';
import { momentsOf } from '../../metrics/moments.js';
import type { Rng } from '../random-stream.js';
import { type BarShape, fitBarShape, shapedBars } from './bar-shape.js';
import { type Frame, frameOf, logReturnsOf } from './frame.js';
import { minimise } from './nelder-mead.js';

const { exp, log, sqrt } = Math;

/** GARCH(1,1) (Bollerslev, Journal of Econometrics 31, 1986): σ²' = omega + alpha ε² + beta σ², ε = return - mean. */
export interface GarchParameters {
  readonly frame: Frame;
  readonly shape: BarShape;
  readonly mean: number;
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Quasi-maximum likelihood with normal shocks; alpha + beta < 1. The variance starts at that of the sample. */
export function fitGarchBars(bars: Bars): GarchParameters {
  const returns = logReturnsOf(bars);
  const { mean, deviation } = momentsOf(returns);
  if (!(deviation > 0)) throw new RangeError('The closes do not vary: there is nothing to fit.');
  const z = returns.map((r) => (r - mean) / deviation);
  // Persistence alpha + beta, alpha's share of it, and the long-run variance, each free of bounds.
  const read = ([m, persistence, share, level]: readonly number[]): readonly [number, number, number, number] => {
    const sum = logistic(persistence!) * 0.9999;
    const alpha = sum * logistic(share!);
    return [m!, exp(level!) * (1 - sum), alpha, sum - alpha];
  };
  const loss = (x: readonly number[]): number => {
    const [m, omega, alpha, beta] = read(x);
    let variance = 1;
    let sum = 0;
    for (let t = 0; t < z.length; t++) {
      const shock = z[t]! - m;
      sum += log(variance) + (shock * shock) / variance;
      variance = omega + alpha * shock * shock + beta * variance;
    }
    return sum / z.length;
  };
  const starts = [
    [0, 3.5, -2.2, 0],
    [0, 1.5, -1, 0],
  ];
  const ends = starts.map((start) => minimise(loss, start, [0.05, 0.7, 0.5, 0.3]));
  const [m, omega, alpha, beta] = read(ends.reduce((best, end) => (end.value < best.value ? end : best)).at);
  return {
    frame: frameOf(bars),
    shape: fitBarShape(bars),
    mean: mean + m * deviation,
    omega: omega * deviation ** 2,
    alpha,
    beta,
  };
}

/** Starts at the long-run variance. */
export function garchBars({ frame, shape, mean, omega, alpha, beta }: GarchParameters, rng: Rng): Bars {
  const { length } = frame.bars;
  const returns = new Float64Array(length);
  const deviations = new Float64Array(length);
  let variance = omega / (1 - alpha - beta);
  for (let i = 0; i < length; i++) {
    deviations[i] = sqrt(variance);
    const shock = deviations[i]! * rng.normal();
    returns[i] = mean + shock;
    variance = omega + alpha * shock * shock + beta * variance;
  }
  return shapedBars(frame, shape, returns, rng, deviations);
}

function logistic(x: number): number {
  return 1 / (1 + exp(-x));
}
