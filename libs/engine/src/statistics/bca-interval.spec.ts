import { describe, expect, test } from '@jest/globals';
import { answersByAnySlices } from '../monte-carlo/any-slices.js';
import { runWhole } from '../monte-carlo/slices.js';
import { bcaInterval, type IntervalRequest } from './bca-interval.js';
import { noise } from './golden/noise.js';
import { maxDrawdownOf, profitFactorOf, sharpeOf } from './sample-statistics.js';

const request: IntervalRequest = {
  sample: noise(480, 1000, 0.0012),
  statistic: sharpeOf,
  resamples: 5_000,
  seed: 1,
};

describe('a bootstrap interval', () => {
  test('of a Sharpe ratio is that of the peer (scipy), to the noise of its resamples', () => {
    const { estimate, low, high } = runWhole(bcaInterval(request));
    expect([estimate, low, high].map((value) => Number(value.toFixed(2)))).toEqual([0.2, 0.11, 0.29]);
  });

  test('of a skewed statistic is not symmetric: the mean of a few exponentials reaches farther up', () => {
    const sample = noise(30, 8, 0, 1).map((z) => Math.exp(1.2 * z));
    const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const { estimate, low, high, acceleration } = runWhole(bcaInterval({ ...request, sample, statistic: mean }));
    expect(acceleration).toBeGreaterThan(0.03);
    expect(high - estimate).toBeGreaterThan(1.2 * (estimate - low));
  });

  test('is wider for returns that follow one another, once whole blocks are drawn', () => {
    let last = 0;
    const sample = noise(500, 4, 0.001).map((r) => (last = 0.6 * last + r));
    const width = (length: number): number => {
      const { low, high } = runWhole(
        bcaInterval({ ...request, sample, scheme: { kind: 'stationary', length }, resamples: 2000 }),
      );
      return high - low;
    };
    // The mean of an autoregression of 0.6 spreads twice as far as that of unrelated values.
    expect(width(20) / width(1)).toBeGreaterThan(1.5);
  });

  test('says in how many resamples the statistic was not defined', () => {
    const sample = Float64Array.of(5, 4, 3, 2, 1, 3, 4, -2);
    const { undefinedShare, low } = runWhole(
      bcaInterval({ ...request, sample, statistic: profitFactorOf, resamples: 4000 }),
    );
    // None of eight draws is the only loss: (7/8)^8.
    expect(Math.abs(undefinedShare - 0.3436)).toBeLessThan(0.03);
    expect(low).toBeGreaterThan(0);
  });

  test.each([sharpeOf, profitFactorOf, maxDrawdownOf])('gets one answer from any number of slices: %p', (statistic) => {
    const [whole, ...others] = answersByAnySlices(() => bcaInterval({ ...request, statistic, resamples: 1100 }));
    expect(others).toEqual([whole, whole, whole]);
  });

  test('of nothing that varies is not defined; a level that is none is refused', () => {
    expect(runWhole(bcaInterval({ ...request, sample: new Float64Array(20), resamples: 100 })).low).toBeNaN();
    expect(() => bcaInterval({ ...request, level: 95 })).toThrow('The level is 95');
    expect(() => bcaInterval({ ...request, sample: new Float64Array(2) })).toThrow('from 2 values');
  });
});

test('the deepest fall of compounded returns counts from the start, and is a share of the peak', () => {
  expect([maxDrawdownOf(Float64Array.of(-0.1, 0.5, -0.5)), maxDrawdownOf(Float64Array.of(0.1))]).toEqual([0.5, 0]);
});
