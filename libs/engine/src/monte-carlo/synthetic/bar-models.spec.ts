import { describe, expect, test } from '@jest/globals';
import type { Bars } from '../../bars.js';
import { momentsOf } from '../../metrics/moments.js';
import { barsFromCloses } from '../../testing.js';
import { RandomStream } from '../random-stream.js';
import { barModels, type BarModel } from './bar-models.js';
import { fitBarShape, shapedBars } from './bar-shape.js';
import { frameOf, logReturnsOf } from './frame.js';
import { garchBars } from './garch-bars.js';
import { gbmBars } from './gbm-bars.js';
import { mertonBars } from './merton-bars.js';
import { minimise } from './nelder-mead.js';
import { regimeBars } from './regime-bars.js';

const length = 20_000;
const frame = frameOf(barsFromCloses(Array.from({ length }, () => 100)));
const shape = {
  gapShare: 0.3,
  rangeScale: 1,
  quietShare: 0.02,
  volumeLevel: 9,
  volumeSlope: 0.2,
  volumeSpread: 0.4,
  deviation: 0.01,
};
const rng = (index: number): RandomStream => new RandomStream(41, index);

/** A dataset of 400 bars with swings of its volatility. */
function dataset(): Bars {
  const stream = rng(99);
  const returns = Float64Array.from({ length: 400 }, (_, i) => (i % 100 < 70 ? 0.006 : 0.02) * stream.normal());
  return shapedBars(frameOf(barsFromCloses(Array.from({ length: 400 }, () => 50))), shape, returns, stream);
}

test('a split in raw prices is no return that a model would have to explain', () => {
  const whole = dataset();
  const half = (column: Float64Array) => column.map((price, bar) => (bar < 200 ? price : price / 2));
  const split = {
    ...whole,
    ...{ open: half(whole.open), high: half(whole.high), low: half(whole.low), close: half(whole.close) },
    actions: { splits: new Float64Array(400).fill(2, 200, 201), dividends: null, delisting: null },
  };
  expect(barModels.gbm.fit(split).deviation).toBeCloseTo(barModels.gbm.fit(whole).deviation, 12);
});

function autocorrelation(values: Float64Array, lag: number): number {
  const { mean } = momentsOf(values);
  let product = 0;
  let squares = 0;
  for (let t = 0; t < values.length; t++) {
    squares += (values[t]! - mean) ** 2;
    if (t >= lag) product += (values[t]! - mean) * (values[t - lag]! - mean);
  }
  return product / squares;
}

describe.each(Object.entries(barModels))('bars of the model %s', (_, model) => {
  const { fit, path } = model as BarModel<unknown>;
  const original = dataset();
  const parameters = fit(original);
  const made = path(parameters, rng(1));

  test('are bars: the extremes hold open and close, prices are above 0, volume is none or more', () => {
    const faults = Array.from({ length: made.length }, (_, i) => i).filter((i) => {
      const [open, high, low, close] = [made.open[i]!, made.high[i]!, made.low[i]!, made.close[i]!];
      return !(high >= Math.max(open, close) && low <= Math.min(open, close) && low > 0 && made.volume[i]! >= 0);
    });
    expect(faults).toEqual([]);
    expect([made.length, made.time, made.knownAt, made.symbol]).toEqual([
      400,
      original.time,
      original.knownAt,
      original.symbol,
    ]);
    expect(made.open[0]).toBeCloseTo(original.open[0]!, 9);
  });

  test('are the same again from the same index, and others from another', () => {
    expect(path(parameters, rng(1))).toEqual(made);
    expect(path(parameters, rng(2)).close).not.toEqual(made.close);
  });

  test('move about as much as the dataset, range and volume included', () => {
    const range = ({ high, low }: Bars): number => momentsOf(high.map((h, i) => Math.log(h / low[i]!))).mean;
    const makings = Array.from({ length: 30 }, (_, i) => path(parameters, rng(10 + i)));
    const mean = (of: (bars: Bars) => number): number => makings.reduce((sum, bars) => sum + of(bars), 0) / 30;
    const deviation = (bars: Bars): number => momentsOf(logReturnsOf(bars)).deviation;
    const volume = (bars: Bars): number => momentsOf(bars.volume).mean;
    const ratios = [deviation, range, volume].map((of) => mean(of) / of(original));
    expect(ratios.every((ratio) => ratio > 0.8 && ratio < 1.25)).toBe(true);
  });

  test('cannot be made of a handful of bars, or of prices that are not above 0', () => {
    expect(() => fit(barsFromCloses([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]))).toThrow(RangeError);
    const broken = { ...original, close: original.close.map((price, i) => (i === 7 ? -1 : price)) };
    expect(() => fit(broken)).toThrow('Bar 7 closes at -1');
  });
});

describe('returns of a model', () => {
  test('gbm: have the mean and deviation given, and are independent', () => {
    const returns = logReturnsOf(gbmBars({ frame, shape, mean: 0.0005, deviation: 0.01 }, rng(3)));
    const { mean, deviation, excessKurtosis } = momentsOf(returns);
    expect(Math.abs(mean - 0.0005)).toBeLessThan((4 * 0.01) / Math.sqrt(length));
    expect(deviation / 0.01).toBeCloseTo(1, 1.5);
    expect(Math.abs(excessKurtosis)).toBeLessThan(4 * Math.sqrt(24 / length));
    expect(Math.abs(autocorrelation(returns, 1))).toBeLessThan(4 / Math.sqrt(length));
  });

  test('merton: have the variance and kurtosis of theory', () => {
    const jump = { jumps: 0.05, jumpMean: -0.01, jumpDeviation: 0.03 };
    const returns = logReturnsOf(mertonBars({ frame, shape, mean: 0, deviation: 0.01, ...jump }, rng(4)));
    const { mean, deviation, excessKurtosis } = momentsOf(returns);
    const [second, fourth] = [0.01 ** 2 + 0.03 ** 2, 0.01 ** 4 + 6 * 0.01 ** 2 * 0.03 ** 2 + 3 * 0.03 ** 4];
    const variance = 0.01 ** 2 + 0.05 * second;
    expect(mean).toBeCloseTo(0.05 * -0.01, 3.3);
    expect(deviation ** 2 / variance).toBeCloseTo(1, 1);
    expect(Math.abs(excessKurtosis / ((0.05 * fourth) / variance ** 2) - 1)).toBeLessThan(0.25);
  });

  test('garch: have the long-run variance, and squares whose autocorrelation is that of theory', () => {
    const [omega, alpha, beta] = [1e-4 * 0.1, 0.1, 0.8];
    const returns = logReturnsOf(garchBars({ frame, shape, mean: 0, omega, alpha, beta }, rng(5)));
    const squares = returns.map((r) => r * r);
    const first = (alpha * (1 - alpha * beta - beta ** 2)) / (1 - 2 * alpha * beta - beta ** 2);
    expect(momentsOf(squares).mean / 1e-4).toBeCloseTo(1, 1);
    expect(Math.abs(autocorrelation(squares, 1) - first)).toBeLessThan(0.06);
    expect(Math.abs(autocorrelation(squares, 4) - first * (alpha + beta) ** 3)).toBeLessThan(0.06);
    expect(Math.abs(autocorrelation(returns, 1))).toBeLessThan(0.04);
  });

  test('regimes: mix two normals, and what was wild stays so for a while', () => {
    const regimes = [
      { mean: 0.001, deviation: 0.005, stays: 0.98 },
      { mean: -0.002, deviation: 0.02, stays: 0.94 },
    ] as const;
    const returns = logReturnsOf(regimeBars({ frame, shape, regimes }, rng(6)));
    const { mean, deviation } = momentsOf(returns);
    const theory = 0.75 * 0.001 + 0.25 * -0.002;
    const variance = 0.75 * (0.005 ** 2 + 0.001 ** 2) + 0.25 * (0.02 ** 2 + 0.002 ** 2) - theory ** 2;
    expect(mean).toBeCloseTo(theory, 3);
    expect(deviation ** 2 / variance).toBeCloseTo(1, 0.9);
    expect(autocorrelation(returns.map(Math.abs), 1)).toBeGreaterThan(0.2);
  });
});

test('blocks keep that sizes of returns follow one another; single draws lose it', () => {
  const original = garchBars(
    {
      frame: frameOf(barsFromCloses(Array.from({ length: 3000 }, () => 9))),
      shape,
      mean: 0,
      omega: 1e-6,
      alpha: 0.15,
      beta: 0.83,
    },
    rng(7),
  );
  const { fit, path } = barModels.blocks;
  const parameters = fit(original);
  const follows = (bars: Bars): number => autocorrelation(logReturnsOf(bars).map(Math.abs), 1);
  expect(parameters.blockLength).toBeGreaterThan(5);
  expect(follows(path(parameters, rng(1))) / follows(original)).toBeGreaterThan(0.6);
  expect(Math.abs(follows(path({ ...parameters, blockLength: 1 }, rng(1))))).toBeLessThan(0.08);
});

test('gap, range and volume are found again in bars that were made with them', () => {
  const returns = Float64Array.from({ length }, (_, i) => 0.01 * new RandomStream(8, i).normal());
  const found = fitBarShape(shapedBars(frame, shape, returns, rng(8)));
  const near = Object.entries(shape).filter(([name, value]) => {
    const of = found[name as keyof typeof shape];
    return Math.abs(of - value) > 0.06 * Math.max(value, 0.1);
  });
  // The extremes of a bridge are drawn each on its own, which widens the range a little.
  expect(near.map(([name]) => name).filter((name) => name !== 'rangeScale')).toEqual([]);
  expect(Math.abs(found.rangeScale - 1)).toBeLessThan(0.2);
});

test('the simplex finds the minimum of Rosenbrock’s valley', () => {
  const { at } = minimise(([x, y]) => (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2, [-1.2, 1], [0.5, 0.5]);
  expect(at).toEqual([expect.closeTo(1, 3), expect.closeTo(1, 3)]);
});
