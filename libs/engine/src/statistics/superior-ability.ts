import { meanOf } from '../metrics/sum.js';
import { RandomStream } from '../monte-carlo/random-stream.js';
import { ResamplingBlocks } from '../monte-carlo/resampling-blocks.js';
import {
  inOrder,
  joinColumns,
  requireCount,
  requireSlice,
  type Slice,
  type SlicedWork,
} from '../monte-carlo/slices.js';

const { max } = Math;

/** Is the best of several trials better than the benchmark, given that it was searched for? */
export interface SuperiorAbility {
  /** Index of the trial with the highest mean excess. */
  readonly best: number;
  /** Its mean excess over the benchmark, per period. */
  readonly bestMean: number;
  /** White's Reality Check: p-value of √n times the largest mean, every trial taken to be as good as the benchmark. */
  readonly realityCheck: number;
  /** Hansen's SPA: p-values of the largest studentised mean. */
  readonly spa: {
    /** Trials worse than the benchmark are taken at their own mean: too liberal. */
    readonly lower: number;
    /** Only clearly worse ones are: the one to quote. */
    readonly consistent: number;
    /** None is: too conservative, and weak against a crowd of bad trials. */
    readonly upper: number;
  };
}

/** The largest statistics of each resample. */
export interface AbilityPart extends Slice {
  readonly realityCheck: Float64Array;
  readonly lower: Float64Array;
  readonly consistent: Float64Array;
  readonly upper: Float64Array;
}

export interface AbilityRequest {
  /** Returns of each trial less the benchmark's, per period, over the same periods. The null: no mean is above 0. */
  readonly excess: readonly Float64Array[];
  /** Mean block length of the stationary bootstrap, as `stationaryBlockLength` tells it. */
  readonly blockLength: number;
  /** 1,000 or more. */
  readonly resamples: number;
  readonly seed: number;
}

/**
 * The Reality Check (White, A Reality Check for Data Snooping, Econometrica 68, 2000) and the test for superior
 * predictive ability (Hansen, Journal of Business and Economic Statistics 23, 2005) by the stationary bootstrap.
 * A resample is a few blocks, and a block's sum is a difference of running sums.
 *
 * Long blocks in few rows make the studentised test liberal, since deviations are then badly known: 400 rows in blocks
 * of 5 reject a true null of level 0.10 about 14 times in 100; in single rows, 10 to 12 times.
 */
export function superiorAbility(request: AbilityRequest): SlicedWork<AbilityPart, SuperiorAbility> {
  const { excess, blockLength, resamples, seed } = request;
  requireCount('There are', resamples, 'resamples');
  const trials = excess.map((column, k) => new Trial(column, blockLength, excess[0]!.length, k));
  if (trials.length === 0) throw new RangeError('No trial was given.');
  const rows = excess[0]!.length;
  const root = Math.sqrt(rows);
  const scheme = { kind: 'stationary', length: blockLength } as const;

  const run = (slice: Slice): AbilityPart => {
    requireSlice(slice, resamples);
    const blocks = new ResamplingBlocks(scheme, rows);
    const stream = new RandomStream(seed, 0);
    const length = slice.to - slice.from;
    const part = {
      ...slice,
      realityCheck: new Float64Array(length).fill(-Infinity),
      lower: new Float64Array(length),
      consistent: new Float64Array(length),
      upper: new Float64Array(length),
    };
    for (let i = 0; i < length; i++) {
      blocks.draw(stream.startAt(seed, slice.from + i));
      for (const { sums, mean, deviation, keptConsistent, keptLower } of trials) {
        let sum = 0;
        for (let b = 0; b < blocks.count; b++) {
          const from = blocks.starts[b]!;
          sum += sums[from + blocks.lengths[b]!]! - sums[from]!;
        }
        // Sums are of what lies above the trial's own mean.
        const centred = sum / root;
        part.realityCheck[i] = max(part.realityCheck[i]!, centred);
        if (!(deviation > 0)) continue;
        part.upper[i] = max(part.upper[i]!, centred / deviation);
        part.consistent[i] = max(part.consistent[i]!, (centred + root * (mean - keptConsistent)) / deviation);
        part.lower[i] = max(part.lower[i]!, (centred + root * (mean - keptLower)) / deviation);
      }
    }
    return part;
  };

  const finish = (given: readonly AbilityPart[]): SuperiorAbility => {
    const parts = inOrder(given, resamples);
    let best = 0;
    let statistic = 0;
    trials.forEach(({ mean, deviation }, k) => {
      if (mean > trials[best]!.mean) best = k;
      if (deviation > 0) statistic = Math.max(statistic, (root * mean) / deviation);
    });
    const bestMean = trials[best]!.mean;
    const share = (columnOf: (part: AbilityPart) => Float64Array, observed: number): number =>
      joinColumns(parts, resamples, columnOf).reduce((above, value) => above + Number(value >= observed), 0) /
      resamples;
    // A statistic of 0 or less says that no trial beat the benchmark: every resample is as good.
    return {
      best,
      bestMean,
      realityCheck: share((part) => part.realityCheck, root * bestMean),
      spa: {
        lower: share((part) => part.lower, statistic),
        consistent: share((part) => part.consistent, statistic),
        upper: share((part) => part.upper, statistic),
      },
    };
  };
  return { count: resamples, run, finish };
}

/** One trial's excess returns, made ready for drawing blocks of them. */
class Trial {
  readonly mean: number;
  /** Of √n times the mean, under the stationary bootstrap. */
  readonly deviation: number;
  /** Running sums of the excess above its mean, twice around, so that a block over the end is a difference too. */
  readonly sums: Float64Array;
  /** What is left of the mean under Hansen's null: 0 for trials that are taken to be worse than the benchmark. */
  readonly keptConsistent: number;
  readonly keptLower: number;

  constructor(excess: Float64Array, blockLength: number, rows: number, index: number) {
    if (excess.length !== rows || rows < 3) {
      throw new RangeError(
        `Trial ${index} has ${excess.length} returns and trial 0 has ${rows}; 3 or more, equally many.`,
      );
    }
    this.mean = meanOf(excess);
    if (!Number.isFinite(this.mean)) {
      throw new RangeError(`Trial ${index} has a return that is no number. Leave the trial out.`);
    }
    const centred = excess.map((value) => value - this.mean);
    this.deviation = Math.sqrt(bootstrapVariance(centred, blockLength));
    this.sums = new Float64Array(2 * rows + 1);
    for (let t = 0; t < 2 * rows; t++) this.sums[t + 1] = this.sums[t]! + centred[t % rows]!;
    const threshold = -this.deviation * Math.sqrt((2 * Math.log(Math.log(rows))) / rows);
    this.keptConsistent = this.mean >= threshold ? this.mean : 0;
    this.keptLower = Math.max(this.mean, 0);
  }
}

/** Variance of √n times the mean of a stationary bootstrap's resample (Politis and Romano 1994, lemma 1). */
function bootstrapVariance(centred: Float64Array, blockLength: number): number {
  const n = centred.length;
  const goOn = 1 - 1 / blockLength;
  let variance = 0;
  for (let lag = 0; lag < n; lag++) {
    const weight = ((n - lag) * goOn ** lag + lag * goOn ** (n - lag)) / n;
    if (weight < 1e-12) continue;
    let sum = 0;
    for (let t = lag; t < n; t++) sum += centred[t]! * centred[t - lag]!;
    variance += ((lag === 0 ? 1 : 2) * weight * sum) / n;
  }
  return Math.max(0, variance);
}
