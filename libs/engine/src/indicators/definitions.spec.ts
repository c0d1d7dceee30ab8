import { describe, expect, test } from '@jest/globals';
import { randomBars } from '../testing.js';
import { cmfColumn } from './accumulation.js';
import { almaColumn } from './alma.js';
import { acceleratorColumn, awesomeColumn } from './awesome.js';
import { choppinessColumn } from './choppiness.js';
import { cmoColumn } from './cmo.js';
import { autocorrelationColumn, covarianceColumn } from './correlation.js';
import { maxDrawdownColumn } from './drawdown.js';
import { easeOfMovementColumn } from './ease-of-movement.js';
import { emaColumn } from './ema.js';
import { highestAgoColumn, lowestAgoColumn } from './extremes.js';
import { forceIndexColumn } from './force-index.js';
import { hurstColumn } from './hurst.js';
import { linearRegressionColumns } from './linear-regression.js';
import { massIndexColumn } from './mass-index.js';
import { medianColumn, quantileColumn } from './order-statistics.js';
import { percentRankColumn } from './percent-rank.js';
import { permutationEntropyColumn } from './permutation-entropy.js';
import { qstickColumn } from './qstick.js';
import { relativeVigorColumns } from './relative-vigor.js';
import { rollingSum } from './rolling-sum.js';
import { kurtosisColumn, skewnessColumn } from './shape-moments.js';
import { squeezeColumns } from './squeeze.js';
import { stochasticColumns } from './stochastic.js';
import { tsiColumn } from './tsi.js';
import { ulcerColumn } from './ulcer.js';
import { zScoreColumn } from './variance.js';
import {
  closeToCloseColumn,
  garmanKlassColumn,
  parkinsonColumn,
  rogersSatchellColumn,
  yangZhangColumn,
} from './volatility-estimators.js';
import { vortexColumns } from './vortex.js';
import { vwmaColumn } from './vwma.js';
import { wmaColumn } from './wma.js';

// Every indicator over a window beside its definition, written out for the window that ends on a bar and nothing else.

const n = 17;
const bars = randomBars(1300, 23, { volatility: 0.03 });
const { open, high, low, close, volume } = bars;
const pow = (x: number, k: number): number => x ** k;

const sum = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0);
const mean = (x: readonly number[]): number => sum(x) / x.length;
const moment = (x: readonly number[], k: number): number => mean(x.map((v) => pow(v - mean(x), k)));
const covariance = (x: readonly number[], y: readonly number[]): number =>
  mean(x.map((v, k) => (v - mean(x)) * (y[k]! - mean(y))));
const sample = (x: readonly number[]): number => (moment(x, 2) * x.length) / (x.length - 1);

/** The `count` values of a column that end on bar `i`. */
const last = (column: Float64Array, i: number, count = n): number[] => [...column.subarray(i - count + 1, i + 1)];
/** For each of the `count` bars that end on bar `i`. */
const each = (i: number, of: (k: number) => number, count = n): number[] =>
  Array.from({ length: count }, (_, back) => of(i - count + 1 + back));

const reach = (k: number): number => Math.max(high[k]!, close[k - 1]!) - Math.min(low[k]!, close[k - 1]!);
const middle = (k: number): number => (high[k]! + low[k]!) / 2;
const body = (k: number): number => Math.log(close[k]! / open[k]!);
const rogersSatchell = (k: number): number =>
  Math.log(high[k]! / close[k]!) * Math.log(high[k]! / open[k]!) +
  Math.log(low[k]! / close[k]!) * Math.log(low[k]! / open[k]!);
const gain = (k: number): number => Math.max(0, close[k]! - close[k - 1]!);
const loss = (k: number): number => Math.max(0, close[k - 1]! - close[k]!);
const weights = Array.from({ length: n }, (_, k) => Math.exp(-((k - 0.85 * (n - 1)) ** 2) / (2 * (n / 6) ** 2)));
const fourBars = (of: (k: number) => number, k: number): number =>
  (of(k) + 2 * of(k - 1) + 2 * of(k - 2) + of(k - 3)) / 6;
const regression = (x: readonly number[]): { slope: number; end: number; explained: number } => {
  const at = x.map((_, k) => k);
  const slope = covariance(at, x) / moment(at, 2);
  const end = mean(x) + slope * (x.length - 1 - mean(at));
  return { slope, end, explained: (slope * slope * moment(at, 2)) / moment(x, 2) };
};
const sorted = (x: readonly number[]): number[] => [...x].sort((a, b) => a - b);
const deepest = (x: readonly number[]): number => Math.min(...x.map((v, k) => v / Math.max(...x.slice(0, k + 1)) - 1));
const orderOf = (k: number): string =>
  [0, 1, 2].sort((a, b) => close[k - 2 + a]! - close[k - 2 + b]! || a - b).join('');
const entropy = (x: readonly string[]): number =>
  -sum([...new Set(x)].map((o) => x.filter((v) => v === o).length / x.length).map((q) => q * Math.log(q))) /
  Math.log(6);
const distance = (k: number): number =>
  close[k]! - ((Math.max(...last(high, k)) + Math.min(...last(low, k))) / 2 + mean(last(close, k))) / 2;

const definitions: Record<string, [column: Float64Array, first: number, definition: (i: number) => number]> = {
  rollingSum: [rollingSum(close, n), n - 1, (i) => sum(last(close, i))],
  wma: [wmaColumn(close, n), n - 1, (i) => sum(last(close, i).map((v, k) => (k + 1) * v)) / ((n * (n + 1)) / 2)],
  vwma: [
    vwmaColumn(close, volume, n),
    n - 1,
    (i) => sum(each(i, (k) => close[k]! * volume[k]!)) / sum(last(volume, i)),
  ],
  alma: [
    almaColumn(close, n, { offset: 0.85, sigma: 6 }),
    n - 1,
    (i) => sum(last(close, i).map((v, k) => v * weights[k]!)) / sum(weights),
  ],
  zScore: [
    zScoreColumn(close, n),
    n - 1,
    (i) => (close[i]! - mean(last(close, i))) / Math.sqrt(moment(last(close, i), 2)),
  ],
  skewness: [skewnessColumn(close, n), n - 1, (i) => moment(last(close, i), 3) / pow(moment(last(close, i), 2), 1.5)],
  kurtosis: [kurtosisColumn(close, n), n - 1, (i) => moment(last(close, i), 4) / pow(moment(last(close, i), 2), 2) - 3],
  covariance: [covarianceColumn(high, volume, n), n - 1, (i) => covariance(last(high, i), last(volume, i))],
  autocorrelation: [
    autocorrelationColumn(close, n, 3),
    n + 2,
    (i) => {
      const [now, then] = [last(close, i), last(close, i - 3)];
      return covariance(now, then) / Math.sqrt(moment(now, 2) * moment(then, 2));
    },
  ],
  regressionValue: [linearRegressionColumns(close, n).value, n - 1, (i) => regression(last(close, i)).end],
  regressionSlope: [linearRegressionColumns(close, n).slope, n - 1, (i) => regression(last(close, i)).slope],
  rSquared: [linearRegressionColumns(close, n).rSquared, n - 1, (i) => regression(last(close, i)).explained],
  median: [medianColumn(close, n), n - 1, (i) => sorted(last(close, i))[(n - 1) / 2]!],
  medianOfEven: [medianColumn(close, 4), 3, (i) => (sorted(last(close, i, 4))[1]! + sorted(last(close, i, 4))[2]!) / 2],
  quantile: [
    quantileColumn(close, n, 0.3),
    n - 1,
    (i) => {
      const [a, b] = sorted(last(close, i)).slice(4, 6) as [number, number];
      return a + 0.8 * (b - a);
    },
  ],
  quantileOfManyChunks: [
    quantileColumn(close, 600, 0.25),
    599,
    (i) => {
      const [a, b] = sorted(last(close, i, 600)).slice(149, 151) as [number, number];
      return a + 0.75 * (b - a);
    },
  ],
  percentRank: [
    percentRankColumn(close, n),
    n,
    (i) => (100 * last(close, i - 1).filter((v) => v < close[i]!).length) / n,
  ],
  highestAgo: [
    highestAgoColumn(high, n),
    n - 1,
    (i) =>
      last(high, i)
        .reverse()
        .indexOf(Math.max(...last(high, i))),
  ],
  lowestAgo: [
    lowestAgoColumn(low, n),
    n - 1,
    (i) =>
      last(low, i)
        .reverse()
        .indexOf(Math.min(...last(low, i))),
  ],
  maxDrawdown: [maxDrawdownColumn(close, n), n - 1, (i) => deepest(last(close, i))],
  permutationEntropy: [
    permutationEntropyColumn(close, n),
    n - 1,
    (i) => entropy(Array.from({ length: n - 2 }, (_, k) => orderOf(i - k))),
  ],
  hurst: [
    hurstColumn(close, n),
    n + 15,
    (i) => {
      const lags = [1, 2, 4, 8, 16];
      const sizes = lags.map((lag) => 0.5 * Math.log(mean(each(i, (k) => pow(close[k]! - close[k - lag]!, 2)))));
      const logs = lags.map(Math.log);
      return covariance(logs, sizes) / moment(logs, 2);
    },
  ],
  closeToClose: [
    closeToCloseColumn(close, n),
    n,
    (i) => Math.sqrt(sample(each(i, (k) => Math.log(close[k]! / close[k - 1]!)))),
  ],
  parkinson: [
    parkinsonColumn(bars, n),
    n - 1,
    (i) => Math.sqrt(sum(each(i, (k) => pow(Math.log(high[k]! / low[k]!), 2))) / (4 * n * Math.log(2))),
  ],
  garmanKlass: [
    garmanKlassColumn(bars, n),
    n - 1,
    (i) =>
      Math.sqrt(
        mean(each(i, (k) => 0.5 * pow(Math.log(high[k]! / low[k]!), 2) - (2 * Math.log(2) - 1) * pow(body(k), 2))),
      ),
  ],
  rogersSatchell: [rogersSatchellColumn(bars, n), n - 1, (i) => Math.sqrt(mean(each(i, rogersSatchell)))],
  yangZhang: [
    yangZhangColumn(bars, n),
    n,
    (i) => {
      const k = 0.34 / (1.34 + (n + 1) / (n - 1));
      const gaps = sample(each(i, (at) => Math.log(open[at]! / close[at - 1]!)));
      return Math.sqrt(gaps + k * sample(each(i, body)) + (1 - k) * mean(each(i, rogersSatchell)));
    },
  ],
  cmo: [
    cmoColumn(close, n),
    n,
    (i) => (100 * (sum(each(i, gain)) - sum(each(i, loss)))) / (sum(each(i, gain)) + sum(each(i, loss))),
  ],
  cmf: [
    cmfColumn(bars, n),
    n - 1,
    (i) =>
      sum(each(i, (k) => ((2 * close[k]! - low[k]! - high[k]!) / (high[k]! - low[k]!)) * volume[k]!)) /
      sum(last(volume, i)),
  ],
  easeOfMovement: [
    easeOfMovementColumn(bars, n, 1000),
    n,
    (i) => mean(each(i, (k) => (middle(k) - middle(k - 1)) / (volume[k]! / 1000 / (high[k]! - low[k]!)))),
  ],
  choppiness: [
    choppinessColumn(bars, n),
    n,
    (i) =>
      (100 * Math.log10(sum(each(i, reach)) / (Math.max(...last(high, i)) - Math.min(...last(low, i))))) /
      Math.log10(n),
  ],
  vortexPlus: [
    vortexColumns(bars, n).plus,
    n,
    (i) => sum(each(i, (k) => Math.abs(high[k]! - low[k - 1]!))) / sum(each(i, reach)),
  ],
  vortexMinus: [
    vortexColumns(bars, n).minus,
    n,
    (i) => sum(each(i, (k) => Math.abs(low[k]! - high[k - 1]!))) / sum(each(i, reach)),
  ],
  stochasticK: [
    stochasticColumns(bars, { window: n, smooth: 1, signal: 3 }).k,
    n - 1,
    (i) => {
      const bottom = Math.min(...last(low, i));
      return (100 * (close[i]! - bottom)) / (Math.max(...last(high, i)) - bottom);
    },
  ],
  ulcer: [
    ulcerColumn(close, n),
    2 * n - 2,
    (i) => Math.sqrt(mean(each(i, (k) => pow(100 * (close[k]! / Math.max(...last(close, k)) - 1), 2)))),
  ],
  awesome: [awesomeColumn(bars, 5, 34), 33, (i) => mean(each(i, middle, 5)) - mean(each(i, middle, 34))],
  accelerator: [
    acceleratorColumn(bars, 5, 34, 5),
    37,
    (i) => {
      const awesome = each(i, (k) => mean(each(k, middle, 5)) - mean(each(k, middle, 34)), 5);
      return awesome[4]! - mean(awesome);
    },
  ],
  qstick: [qstickColumn(bars, n), n - 1, (i) => mean(each(i, (k) => close[k]! - open[k]!))],
  relativeVigor: [
    relativeVigorColumns(bars, n).line,
    n + 2,
    (i) =>
      sum(each(i, (k) => fourBars((at) => close[at]! - open[at]!, k))) /
      sum(each(i, (k) => fourBars((at) => high[at]! - low[at]!, k))),
  ],
  squeezeMomentum: [
    squeezeColumns(bars, { window: n, deviations: 2, ranges: 1.5 }).momentum,
    2 * n - 2,
    (i) => regression(each(i, distance)).end,
  ],
  squeezeOn: [
    squeezeColumns(bars, { window: n, deviations: 2, ranges: 1.5 }).on,
    n,
    (i) => Number(2 * Math.sqrt(moment(last(close, i), 2)) < 1.5 * mean(each(i, reach))),
  ],
};

describe.each(Object.entries(definitions))('%s', (_, [column, first, definition]) => {
  test('is defined from its first full window on, and there what its definition says', () => {
    const wrong = [...column.keys()].filter((i) => {
      if (i < first) return !Number.isNaN(column[i]);
      // Every bar of the first windows and of a renewal, and every seventh of the others.
      if (i > first + 2 * n && i % 7 > 0 && Math.abs(i - 1024) > 2) return false;
      const expected = definition(i);
      return !(Math.abs(column[i]! - expected) <= 1e-9 * Math.max(1, Math.abs(expected)));
    });
    expect(wrong).toEqual([]);
  });
});

describe('indicators that remember', () => {
  /** `before + weight (value - before)`, begun with the mean of the first `window`. */
  const remembered = (x: readonly number[], window: number, weight: number): number =>
    x.slice(window).reduce((before, value) => before + weight * (value - before), mean(x.slice(0, window)));
  const changes = each(400, (k) => close[k]! - close[k - 1]!, 400);

  test('a force index is the exponential average of change times volume', () => {
    const force = each(400, (k) => (close[k]! - close[k - 1]!) * volume[k]!, 400);
    expect(forceIndexColumn(close, volume, 13)[400]).toBeCloseTo(remembered(force, 13, 2 / 14), 6);
  });

  test('a true strength index smooths twice what moved and how much', () => {
    const twice = (x: readonly number[]): number => {
      const once = [...emaColumn(Float64Array.from(x), 25)].slice(24);
      return remembered(once, 13, 2 / 14);
    };
    expect(tsiColumn(close, 25, 13)[400]).toBeCloseTo((100 * twice(changes)) / twice(changes.map(Math.abs)), 9);
  });

  test('a mass index sums how the averaged range stands to its own average', () => {
    const range = emaColumn(
      high.map((value, k) => value - low[k]!),
      9,
    );
    const twice = emaColumn(range, 9);
    expect(massIndexColumn(bars, 25, 9)[400]).toBeCloseTo(sum(each(400, (k) => range[k]! / twice[k]!, 25)), 9);
  });
});

describe('a rolling sum', () => {
  test('of zeros is 0, whatever went before', () => {
    const values = Float64Array.from({ length: 60 }, (_, k) => (k < 20 ? 0.1 * k * 1e9 : 0));
    expect([...rollingSum(values, 7).slice(26)]).toEqual(Array.from({ length: 34 }, () => 0));
  });

  test('is told of a missing value in exactly the windows that hold it', () => {
    const values = Float64Array.from({ length: 20 }, (_, k) => (k === 8 ? NaN : 1));
    expect([...rollingSum(values, 3)].map(Number.isNaN).lastIndexOf(true)).toBe(10);
  });
});
