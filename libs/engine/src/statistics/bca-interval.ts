import { ascending, quantile } from '../metrics/selection.js';
import { RandomStream } from '../monte-carlo/random-stream.js';
import { type BlockScheme, ResamplingBlocks } from '../monte-carlo/resampling-blocks.js';
import { joinColumns, requireCount, requireSlice, type Slice, type SlicedWork } from '../monte-carlo/slices.js';
import { normalCdf } from './normal-cdf.js';
import { normalQuantile } from './normal-quantile.js';

/** What a statistic of a sample may be, given chance. */
export interface BootstrapInterval {
  /** The statistic of the sample itself. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** z0: how far, in normal deviations, the resamples' median lies from the estimate. */
  readonly bias: number;
  /** a: how fast the statistic's spread changes with its value. */
  readonly acceleration: number;
  /** Share of resamples in which the statistic was not defined; they are left out. */
  readonly undefinedShare: number;
}

/** The statistic of each resample. */
export interface StatisticPart extends Slice {
  readonly values: Float64Array;
}

export interface IntervalRequest {
  /** In order of time, if their order matters to the statistic or to the scheme. */
  readonly sample: Float64Array;
  /** Such as `sharpeOf`, `profitFactorOf`, `maxDrawdownOf`. It must not keep the array, which is used again. */
  readonly statistic: (sample: Float64Array) => number;
  /** How rows are drawn; single rows if left out. Returns that depend on each other ask for blocks. */
  readonly scheme?: BlockScheme;
  /** 1,000 or more; 2,000 is usual. */
  readonly resamples: number;
  readonly seed: number;
  /** Share of intervals that should hold the truth, 0.95 if left out. */
  readonly level?: number;
}

/** At most so many groups are left out in turn: by then they tell the acceleration as well as single rows would. */
const mostGroups = 1000;

/**
 * A bias-corrected and accelerated bootstrap interval (Efron, Better Bootstrap Confidence Intervals, Journal of the
 * American Statistical Association 82, 1987). The acceleration is the jackknife's; where blocks are drawn, or there are
 * many rows, whole groups of rows are left out in turn.
 */
export function bcaInterval(request: IntervalRequest): SlicedWork<StatisticPart, BootstrapInterval> {
  const { sample, statistic, resamples, seed, level = 0.95, scheme = { kind: 'stationary', length: 1 } } = request;
  requireCount('There are', resamples, 'resamples');
  if (!(level > 0 && level < 1)) throw new RangeError(`The level is ${level}; it must be above 0 and below 1.`);
  if (sample.length < 3) throw new RangeError(`An interval cannot be told from ${sample.length} values; 3 are needed.`);

  const run = (slice: Slice): StatisticPart => {
    requireSlice(slice, resamples);
    const blocks = new ResamplingBlocks(scheme, sample.length);
    const rows = new Int32Array(sample.length);
    const drawn = new Float64Array(sample.length);
    const stream = new RandomStream(seed, 0);
    const values = Float64Array.from({ length: slice.to - slice.from }, (_, i) => {
      blocks.draw(stream.startAt(seed, slice.from + i));
      blocks.writeRows(rows);
      for (let t = 0; t < rows.length; t++) drawn[t] = sample[rows[t]!]!;
      return statistic(drawn);
    });
    return { ...slice, values };
  };

  const finish = (parts: readonly StatisticPart[]): BootstrapInterval => {
    const estimate = statistic(sample.slice());
    const defined = ascending(joinColumns(parts, resamples, ({ values }) => values).filter((v) => !Number.isNaN(v)));
    const undefinedShare = 1 - defined.length / resamples;
    if (defined.length === 0 || Number.isNaN(estimate)) {
      return { estimate, low: NaN, high: NaN, bias: NaN, acceleration: NaN, undefinedShare };
    }
    const bias = normalQuantile(shareBelow(defined, estimate));
    const acceleration = accelerationOf(sample, statistic, scheme.length);
    const endAt = (share: number): number => {
      const z = bias + normalQuantile(share);
      return quantile(defined, normalCdf(bias + z / (1 - acceleration * z)));
    };
    return { estimate, low: endAt((1 - level) / 2), high: endAt((1 + level) / 2), bias, acceleration, undefinedShare };
  };
  return { count: resamples, run, finish };
}

/** Share of values below, those equal counted half; kept off 0 and 1 by half a value, so that its quantile is finite. */
function shareBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  let equal = 0;
  for (const other of sorted) {
    if (other < value) below++;
    else if (other === value) equal++;
  }
  const n = sorted.length;
  return Math.min(n - 0.5, Math.max(0.5, below + equal / 2)) / n;
}

/** One sixth of the skewness of the statistic's jackknife influences. */
function accelerationOf(
  sample: Float64Array,
  statistic: (sample: Float64Array) => number,
  blockLength: number,
): number {
  const size = Math.max(Math.round(blockLength), Math.ceil(sample.length / mostGroups));
  const groups = Math.floor(sample.length / size);
  const influences: number[] = [];
  let total = 0;
  for (let group = 0; group < groups; group++) {
    const to = group === groups - 1 ? sample.length : (group + 1) * size;
    const rest = new Float64Array(sample.length - (to - group * size));
    rest.set(sample.subarray(0, group * size));
    rest.set(sample.subarray(to), group * size);
    const value = statistic(rest);
    if (!Number.isFinite(value)) continue;
    influences.push(value);
    total += value;
  }
  const mean = total / influences.length;
  let squares = 0;
  let cubes = 0;
  for (const value of influences) {
    const influence = mean - value;
    squares += influence * influence;
    cubes += influence ** 3;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}
