import type { Bars } from '../../bars.js';
import { momentsOf } from '../../metrics/moments.js';
import type { Rng } from '../random-stream.js';
import { type BarShape, fitBarShape, shapedBars } from './bar-shape.js';
import { type Frame, frameOf, logReturnsOf } from './frame.js';

const { exp, log, max, sqrt } = Math;

/** What returns are like in a regime, and how likely it is to last another bar. */
interface Regime {
  readonly mean: number;
  readonly deviation: number;
  readonly stays: number;
}

/** Two regimes that follow each other as a Markov chain (Hamilton, Econometrica 57, 1989): the calm one first. */
export interface RegimeParameters {
  readonly frame: Frame;
  readonly shape: BarShape;
  readonly regimes: readonly [Regime, Regime];
}

const mostRounds = 500;

/** Maximum likelihood by expectation and maximisation over the forward and backward pass (Baum and others 1970; Hamilton 1990). */
export function fitRegimeBars(bars: Bars): RegimeParameters {
  const returns = logReturnsOf(bars);
  const { mean, deviation } = momentsOf(returns);
  if (!(deviation > 0)) throw new RangeError('The closes do not vary: there is nothing to fit.');
  const z = returns.map((r) => (r - mean) / deviation);
  let regimes: [Regime, Regime] = [
    { mean: 0, deviation: 0.6, stays: 0.95 },
    { mean: 0, deviation: 1.6, stays: 0.9 },
  ];
  let likelihood = -Infinity;
  for (let round = 0; round < mostRounds; round++) {
    const step = maximised(z, regimes);
    regimes = step.regimes;
    if (step.likelihood - likelihood < 1e-8 * Math.abs(likelihood)) break;
    likelihood = step.likelihood;
  }
  const scaled = regimes.map((regime) => ({
    mean: mean + regime.mean * deviation,
    deviation: regime.deviation * deviation,
    stays: regime.stays,
  }));
  const [calm, wild] = scaled.sort((a, b) => a.deviation - b.deviation);
  return { frame: frameOf(bars), shape: fitBarShape(bars), regimes: [calm!, wild!] };
}

/** Starts in a regime with its long-run share. */
export function regimeBars({ frame, shape, regimes }: RegimeParameters, rng: Rng): Bars {
  const { length } = frame.bars;
  const returns = new Float64Array(length);
  const deviations = new Float64Array(length);
  let now: 0 | 1 = rng.uniform() < longRunShare(regimes) ? 0 : 1;
  for (let i = 0; i < length; i++) {
    const { mean, deviation, stays } = regimes[now];
    deviations[i] = deviation;
    returns[i] = mean + deviation * rng.normal();
    if (rng.uniform() >= stays) now = now === 0 ? 1 : 0;
  }
  return shapedBars(frame, shape, returns, rng, deviations);
}

/** Of the first regime. */
function longRunShare([a, b]: readonly [Regime, Regime]): number {
  const leave = 2 - a.stays - b.stays;
  return leave > 0 ? (1 - b.stays) / leave : 0.5;
}

/** One round: the regimes that make the returns likelier, given what these ones say of each bar. */
function maximised(
  z: Float64Array,
  regimes: readonly [Regime, Regime],
): { readonly regimes: [Regime, Regime]; readonly likelihood: number } {
  const n = z.length;
  const [a, b] = regimes;
  const density = ({ mean, deviation }: Regime, value: number): number =>
    exp(-0.5 * ((value - mean) / deviation) ** 2) / deviation + 1e-300;
  // Probability of the first regime given the bars up to each, and what each adds to the likelihood.
  const filtered = new Float64Array(n);
  const inA = new Float64Array(n);
  const inB = new Float64Array(n);
  const scale = new Float64Array(n);
  let likelihood = 0;
  let expected = longRunShare(regimes);
  for (let t = 0; t < n; t++) {
    inA[t] = density(a, z[t]!);
    inB[t] = density(b, z[t]!);
    scale[t] = expected * inA[t]! + (1 - expected) * inB[t]!;
    filtered[t] = (expected * inA[t]!) / scale[t]!;
    likelihood += log(scale[t]!);
    expected = filtered[t]! * a.stays + (1 - filtered[t]!) * (1 - b.stays);
  }
  // Backwards: how well each regime at t explains the bars after t.
  let afterA = 1;
  let afterB = 1;
  const sums = { a: 0, b: 0, az: 0, bz: 0, azz: 0, bzz: 0, fromA: 0, fromB: 0, aToA: 0, bToB: 0 };
  for (let t = n - 1; t >= 0; t--) {
    const value = z[t]!;
    const share = (filtered[t]! * afterA) / (filtered[t]! * afterA + (1 - filtered[t]!) * afterB);
    sums.a += share;
    sums.b += 1 - share;
    sums.az += share * value;
    sums.bz += (1 - share) * value;
    sums.azz += share * value * value;
    sums.bzz += (1 - share) * value * value;
    if (t === 0) break;
    const nextA = (inA[t]! * afterA) / scale[t]!;
    const nextB = (inB[t]! * afterB) / scale[t]!;
    const before = filtered[t - 1]!;
    const stayA = before * a.stays * nextA;
    const stayB = (1 - before) * b.stays * nextB;
    const all = stayA + before * (1 - a.stays) * nextB + stayB + (1 - before) * (1 - b.stays) * nextA;
    sums.fromA += (stayA + before * (1 - a.stays) * nextB) / all;
    sums.fromB += (stayB + (1 - before) * (1 - b.stays) * nextA) / all;
    sums.aToA += stayA / all;
    sums.bToB += stayB / all;
    afterA = a.stays * nextA + (1 - a.stays) * nextB;
    afterB = b.stays * nextB + (1 - b.stays) * nextA;
  }
  const regimeOf = (weight: number, first: number, second: number, stays: number, old: Regime): Regime => {
    // A regime that explains hardly a bar keeps what it was.
    if (!(weight > 2)) return old;
    const mean = first / weight;
    return { mean, deviation: sqrt(max(1e-6, second / weight - mean * mean)), stays };
  };
  return {
    likelihood,
    regimes: [
      regimeOf(sums.a, sums.az, sums.azz, sums.aToA / sums.fromA, a),
      regimeOf(sums.b, sums.bz, sums.bzz, sums.bToB / sums.fromB, b),
    ],
  };
}
