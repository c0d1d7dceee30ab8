import { describe, expect, test } from '@jest/globals';
import { answersByAnySlices } from '../monte-carlo/any-slices.js';
import { runWhole } from '../monte-carlo/slices.js';
import { noise, twentyTrials } from './golden/noise.js';
import { superiorAbility } from './superior-ability.js';

const test5 = { blockLength: 5, resamples: 2000, seed: 1 };

describe('the best of twenty trials', () => {
  test('is no better than the benchmark where none has an edge', () => {
    const { best, realityCheck, spa } = runWhole(superiorAbility({ excess: twentyTrials(0), ...test5 }));
    // The peer (arch) says 0.599 from 20,000 resamples.
    expect(best).toBe(0);
    expect(Math.abs(realityCheck - 0.599)).toBeLessThan(0.045);
    expect(spa.consistent).toBeGreaterThan(0.4);
  });

  test('is better where it has an edge', () => {
    const { realityCheck, spa } = runWhole(superiorAbility({ excess: twentyTrials(0.0012), ...test5 }));
    expect([realityCheck, spa.consistent].every((p) => p < 0.005)).toBe(true);
  });

  test('a crowd of bad trials hides an edge from the Reality Check, not from the consistent SPA', () => {
    const bad = Array.from({ length: 60 }, (_, j) => noise(480, 5 + 211 * j, -0.01, 0.04));
    const { realityCheck, spa } = runWhole(superiorAbility({ excess: [...twentyTrials(0.0012), ...bad], ...test5 }));
    expect(realityCheck).toBeGreaterThan(0.1);
    expect(spa.consistent).toBeLessThan(0.01);
    expect(spa.lower).toBeLessThanOrEqual(spa.consistent);
    expect(spa.consistent).toBeLessThanOrEqual(spa.upper);
  });

  test('that only loses is not better: p is 1', () => {
    const { spa } = runWhole(superiorAbility({ excess: [noise(100, 3, -0.01)], ...test5 }));
    expect(spa).toEqual({ lower: 1, consistent: 1, upper: 1 });
  });

  test('gets one answer from any number of slices', () => {
    const [whole, ...others] = answersByAnySlices(() => superiorAbility({ excess: twentyTrials(0), ...test5 }));
    expect(others).toEqual([whole, whole, whole]);
  });

  test('trials that cannot be compared are refused', () => {
    const excess = [noise(100, 1), noise(99, 2)];
    expect(() => superiorAbility({ excess, ...test5 })).toThrow('Trial 1 has 99 returns and trial 0 has 100');
    expect(() => superiorAbility({ excess: [], ...test5 })).toThrow('No trial was given');
  });
});
