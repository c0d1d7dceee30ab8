import type { Bars } from '../../bars.js';
import { momentsOf } from '../../metrics/moments.js';
import type { Rng } from '../random-stream.js';
import { type BarShape, fitBarShape, shapedBars } from './bar-shape.js';
import { type Frame, frameOf, logReturnsOf } from './frame.js';
import { minimise } from './nelder-mead.js';

const { exp, log } = Math;

/** Merton's jump diffusion (Journal of Financial Economics 3, 1976), a bar being the unit of time. */
export interface MertonParameters {
  readonly frame: Frame;
  readonly shape: BarShape;
  /** Of the log return without jumps. */
  readonly mean: number;
  readonly deviation: number;
  /** Mean number of jumps a bar. */
  readonly jumps: number;
  /** Of a jump's log size. */
  readonly jumpMean: number;
  readonly jumpDeviation: number;
}

/** Jumps a bar that a likelihood sums over; rates are kept so low that more hardly happen. */
const mostJumps = 8;
const highestRate = 1;

/** Maximum likelihood: a bar's return is a mixture of normals, one for each number of jumps, with Poisson weights. */
export function fitMertonBars(bars: Bars): MertonParameters {
  const returns = logReturnsOf(bars);
  const { mean, deviation } = momentsOf(returns);
  if (!(deviation > 0)) throw new RangeError('The closes do not vary: there is nothing to fit.');
  const z = returns.map((r) => (r - mean) / deviation);
  const read = ([m, logS, logitRate, jm, logJs]: readonly number[]): readonly number[] => [
    m!,
    exp(logS!),
    highestRate / (1 + exp(-logitRate!)),
    jm!,
    exp(logJs!),
  ];
  const loss = (x: readonly number[]): number => {
    const [m, s, rate, jm, js] = read(x) as [number, number, number, number, number];
    // A deviation near 0 would make one return infinitely likely.
    if (s < 0.05 || js < 0.05 || js > 20) return Infinity;
    const parts = Array.from({ length: mostJumps + 1 }, (_, k) => {
      const variance = s * s + k * js * js;
      let weight = exp(-rate);
      for (let i = 1; i <= k; i++) weight *= rate / i;
      return { scale: weight / Math.sqrt(2 * Math.PI * variance), centre: m + k * jm, per: -0.5 / variance };
    });
    let sum = 0;
    for (const value of z) {
      let density = 0;
      for (const { scale, centre, per } of parts) density += scale * exp(per * (value - centre) ** 2);
      sum -= log(density);
    }
    return sum / z.length;
  };
  const start = (rate: number): number[] => [0, log(0.8), log(rate / (highestRate - rate)), 0, log(2)];
  const steps = [0.1, 0.2, 0.7, 0.3, 0.4];
  const [rare, often] = [minimise(loss, start(0.02), steps), minimise(loss, start(0.2), steps)];
  const [m, s, jumps, jm, js] = read((rare.value <= often.value ? rare : often).at) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    frame: frameOf(bars),
    shape: fitBarShape(bars),
    mean: mean + m * deviation,
    deviation: s * deviation,
    jumps,
    jumpMean: jm * deviation,
    jumpDeviation: js * deviation,
  };
}

export function mertonBars(parameters: MertonParameters, rng: Rng): Bars {
  const { frame, shape, mean, deviation, jumps, jumpMean, jumpDeviation } = parameters;
  const none = exp(-jumps);
  const returns = Float64Array.from({ length: frame.bars.length }, () => {
    let count = 0;
    for (let left = rng.uniform() - none, weight = none; left >= 0 && count < 100; left -= weight)
      weight *= jumps / ++count;
    const jump = count > 0 ? count * jumpMean + Math.sqrt(count) * jumpDeviation * rng.normal() : 0;
    return mean + deviation * rng.normal() + jump;
  });
  return shapedBars(frame, shape, returns, rng);
}
