import { describe, expect, test } from '@jest/globals';
import { RandomStream } from '../monte-carlo/random-stream.js';
import { runWhole } from '../monte-carlo/slices.js';
import { bcaInterval } from './bca-interval.js';
import { profitFactorOf, sharpeOf } from './sample-statistics.js';
import { normalCdf } from './normal-cdf.js';

const repetitions = 1000;
const mean = 0.1;

/** Share of intervals that hold the truth, of normal returns with a Sharpe ratio of 0.1. */
function coverage(statistic: (sample: Float64Array) => number, truth: number): number {
  let held = 0;
  for (let i = 0; i < repetitions; i++) {
    const stream = new RandomStream(31, i);
    const sample = Float64Array.from({ length: 120 }, () => mean + stream.normal());
    const { low, high } = runWhole(bcaInterval({ sample, statistic, resamples: 1000, seed: i, level: 0.9 }));
    if (low <= truth && truth <= high) held++;
  }
  return held / repetitions;
}

describe('intervals of level 0.9 hold the truth about nine times in ten', () => {
  test('of the Sharpe ratio', () => {
    expect(Math.abs(coverage(sharpeOf, mean) - 0.9)).toBeLessThan(0.03);
  });

  test('of the profit factor', () => {
    const density = Math.exp(-0.5 * mean * mean) / Math.sqrt(2 * Math.PI);
    const won = density + mean * normalCdf(mean);
    const lost = density - mean * normalCdf(-mean);
    expect(Math.abs(coverage(profitFactorOf, won / lost) - 0.9)).toBeLessThan(0.03);
  });
});
