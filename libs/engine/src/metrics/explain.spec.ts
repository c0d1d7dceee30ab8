import { describe, expect, test } from '@jest/globals';
import type { MetricProfile } from '../metric.js';
import { goldenCases } from '../golden/golden-strategies.js';
import { lcgBars } from '../golden/lcg-bars.js';
import { backtest } from '../testing.js';
import { computeMetrics, explainMetric } from './index.js';

const profiles: readonly MetricProfile[] = ['v1', 'btpy', 'qs', 'emp'];
const { strategy, settings } = goldenCases['bracket sl/tp']!;
const bars = [lcgBars()];
const run = { result: backtest(strategy, bars, settings), bars, settings, benchmark: 'buy-and-hold' } as const;

describe.each(profiles)('every metric of profile %s', (profile) => {
  const metrics = computeMetrics(profile, run);

  test('says by which formula it is computed, after whom, and on what sample', () => {
    const silent = metrics.filter(({ id, basis, label }) => {
      const known = explainMetric(profile, id);
      return !known || [known.formula, known.source, basis, label].some((text) => text.trim() === '');
    });
    expect(silent).toEqual([]);
  });

  test('has a name of its own', () => {
    expect(new Set(metrics.map(({ id }) => id)).size).toBe(metrics.length);
  });

  test('is a number, or not defined', () => {
    expect(metrics.filter(({ value }) => typeof value !== 'number')).toEqual([]);
  });
});

test('what a profile does not have is not explained', () => {
  expect([explainMetric('emp', 'sqn'), explainMetric('v1', 'toString')]).toEqual([null, null]);
});
