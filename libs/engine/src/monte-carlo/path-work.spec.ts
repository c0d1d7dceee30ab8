import { describe, expect, test } from '@jest/globals';
import { momentsOf } from '../metrics/moments.js';
import { autoregression, noise } from '../statistics/golden/noise.js';
import { answersByAnySlices } from './any-slices.js';
import { gbmPaths } from './gbm-paths.js';
import { type KeptFigure, maySpeakOf, pathMethods, type PathMethod, type PathStatistic } from './methods.js';
import type { PathModel } from './path-model.js';
import { type PathPart, pathWork } from './path-work.js';
import { returnBootstrap } from './return-paths.js';
import { runWhole } from './slices.js';
import { tradeBootstrap, tradeShuffle } from './trade-paths.js';

const returns = noise(80, 3, 0.002, 0.02);
const models = {
  'trade-shuffle': tradeShuffle(returns),
  'trade-bootstrap': tradeBootstrap(returns),
  'stationary-bootstrap': returnBootstrap(returns, { kind: 'stationary', length: 4 }),
  'moving-block-bootstrap': returnBootstrap(returns, { kind: 'moving', length: 4 }),
  gbm: gbmPaths({ steps: 80, drift: 0.002, volatility: 0.02 }),
} satisfies { readonly [M in PathMethod]: PathModel<M> };
const request = { paths: 1000, seed: 5, ruin: 0.9, goal: 1.1 };
const wholePart = (model: PathModel, paths = 1000): PathPart =>
  pathWork(model, { ...request, paths }).run({ from: 0, to: paths });

describe.each(Object.values<PathModel>(models))('$method', (model) => {
  test('gets one answer from any number of slices, quantiles and bands included', () => {
    const [whole, ...others] = answersByAnySlices(() => pathWork(model, request));
    expect(others).toEqual([whole, whole, whole]);
  });

  test('prints what it may speak of, and nothing else', () => {
    const { method, paths, ...told } = runWhole(pathWork(model, request));
    const facts: { readonly speaksOf: readonly PathStatistic[] } = pathMethods[method];
    expect(Object.keys(told).sort()).toEqual([...facts.speaksOf].sort());
    expect({ method, paths }).toEqual({ method: model.method, paths: 1000 });
  });

  test('changes every statistic that it prints', () => {
    const { maxDrawdown, longestDrawdown, lowest, highest, terminal, levels } = wholePart(model);
    const varies = (values: Float64Array): boolean => momentsOf(values).deviation > 1e-9;
    expect([maxDrawdown, longestDrawdown, lowest, highest].every(varies)).toBe(true);
    expect(varies(terminal)).toBe(maySpeakOf(model.method, 'terminal'));
    // Also at the last step that has bands.
    expect(varies(levels.slice(-1000))).toBe(true);
  });

  test('leaves what it says it cannot change', () => {
    const kept: readonly KeptFigure[] = pathMethods[model.method].cannotChange;
    const spread = momentsOf(wholePart(model).terminal).deviation;
    expect(spread < 1e-12).toBe(kept.includes('terminal'));
  });
});

test('a shuffle has no terminal value to print: the compiler says so as well', () => {
  const told = runWhole(pathWork(models['trade-shuffle'], request));
  // @ts-expect-error every order of the same trades ends where the run ended
  expect(told.terminal).toBeUndefined();
});

describe('paths of geometric Brownian motion', () => {
  const { drift, volatility, steps } = { drift: 0.0004, volatility: 0.012, steps: 50 };
  const model = gbmPaths({ steps, drift, volatility });

  test('end at logs of the mean and variance of theory', () => {
    const { mean, deviation, skewness, excessKurtosis } = momentsOf(wholePart(model, 20_000).terminal);
    const spread = volatility * Math.sqrt(steps);
    expect(Math.abs(mean - (drift - volatility ** 2 / 2) * steps)).toBeLessThan((4 * spread) / Math.sqrt(20_000));
    expect(Math.abs(deviation / spread - 1)).toBeLessThan(4 / Math.sqrt(40_000));
    expect([skewness, excessKurtosis]).toEqual([expect.closeTo(0, 0.8), expect.closeTo(0, 0.8)]);
  });

  test('have bands that are the quantiles of theory at every step', () => {
    const { bands } = runWhole(pathWork(model, { ...request, paths: 20_000 }));
    const z = [-1.6448536269514722, -0.6744897501960817, 0, 0.6744897501960817, 1.6448536269514722];
    const off = bands!.levels.flatMap((levels, b) =>
      Array.from(levels, (level, t) => {
        const spread = volatility * Math.sqrt(t + 1);
        return Math.abs(Math.log(level) - (drift - volatility ** 2 / 2) * (t + 1) - z[b]! * spread) / spread;
      }),
    );
    expect(Math.max(...off)).toBeLessThan(0.06);
  });

  test('meet a level with the probability of the reflection principle', () => {
    const still = gbmPaths({ steps: 400, drift: 0.5 * 0.01 ** 2, volatility: 0.01 });
    const { ruin } = runWhole(pathWork(still, { ...request, paths: 4000, ruin: Math.exp(-0.2), bandSteps: 0 }));
    // 2 Φ(-0.2 / 0.2), the level moved out by 0.5826 steps for looking at steps only (Siegmund 1979).
    expect(Math.abs(ruin!.probability - 0.3034)).toBeLessThan(0.03);
  });
});

describe('a bootstrap', () => {
  test('of trades ends with the variance of independent draws', () => {
    const logs = returns.map(Math.log1p);
    const { mean, deviation } = momentsOf(wholePart(models['trade-bootstrap'], 8000).terminal.map(Math.log));
    const population = momentsOf(logs);
    expect(Math.abs(mean - population.mean * 80)).toBeLessThan(
      (4 * population.deviation * Math.sqrt(80)) / Math.sqrt(8000),
    );
    expect(deviation / (population.deviation * Math.sqrt(79))).toBeCloseTo(1, 1);
  });

  test('of blocks keeps that returns follow one another; single draws lose it', () => {
    const following = autoregression(400, 8, 0.6).map((value) => value * 0.002);
    const end = (model: PathModel): number => momentsOf(wholePart(model, 2000).terminal.map(Math.log)).deviation;
    const single = end(tradeBootstrap(following));
    expect(end(returnBootstrap(following, { kind: 'stationary', length: 15 })) / single).toBeGreaterThan(1.5);
    expect(end(returnBootstrap(following, { kind: 'moving', length: 15 })) / single).toBeGreaterThan(1.5);
  });
});

describe('what is asked for', () => {
  test('is told; the rest is null and costs nothing', () => {
    const { bands, maxDrawdown, ruin } = runWhole(
      pathWork(models['trade-bootstrap'], { ...request, bandSteps: 0, withDrawdowns: false }),
    );
    expect([bands, maxDrawdown, ruin]).toEqual([null, null, null]);
  });

  test('at fewer band steps than a path has, they are spread evenly up to the last', () => {
    const { bands } = runWhole(pathWork(models.gbm, { ...request, bandSteps: 4 }));
    expect(Array.from(bands!.steps)).toEqual([20, 40, 60, 80]);
  });

  test('an account that lost everything stays at nothing', () => {
    const { terminal } = runWhole(pathWork(tradeBootstrap(Float64Array.of(0.5, -1.2, 0.1, 0.2, 0.3)), request));
    expect(terminal!.quantiles[0]).toBe(0);
    expect(terminal!.valueAtRisk).toBe(-1);
  });

  test('returns that are no numbers, or none at all, are refused', () => {
    expect(() => tradeBootstrap(new Float64Array(0))).toThrow('no returns to draw from');
    expect(() => tradeShuffle(Float64Array.of(0.1, NaN))).toThrow('Return 1 is NaN');
    expect(() => returnBootstrap(returns, { kind: 'moving', length: 100 })).toThrow('Blocks are 100 long');
  });
});
