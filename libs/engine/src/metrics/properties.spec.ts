import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Metric, MetricProfile } from '../metric.js';
import { backtestOf, barsAt, businessDays, type TradeCase } from './golden/backtest.js';
import { computeMetrics, type MetricsInput } from './index.js';

const profiles: readonly MetricProfile[] = ['v1', 'btpy', 'qs', 'emp'];
const returns = fc.array(
  fc.integer({ min: -200, max: 250 }).map((tenths) => tenths / 1000),
  { minLength: 30, maxLength: 90 },
);

function equityOf(steps: readonly number[], start: number): Float64Array {
  let level = start;
  return Float64Array.from([start, ...steps.map((step) => (level *= 1 + step))]);
}

/** A run of this equity, with a trade of its own every few bars. */
function runOf(steps: readonly number[], start: number): MetricsInput {
  const equity = equityOf(steps, start);
  const trades = Array.from({ length: Math.floor(equity.length / 5) }, (_, i): TradeCase => {
    const from = i * 5;
    const gain = equity[from + 4]! - equity[from]!;
    return { bars: [from, from + 4], pnl: gain, returns: gain / equity[from]! };
  });
  const bars = barsAt(businessDays(equity.length), equity, '1d');
  return backtestOf(bars, equity, trades);
}

const near = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));

/** Amounts in money, and what is measured against a price that this test does not scale. */
const inMoney = ({ id, unit }: Metric): boolean => unit === 'currency' || /Adverse|Favourable|given|turnover/.test(id);

describe.each(profiles)('profile %s', (profile) => {
  test('1,024 times the money, which rounds nothing anew, changes no ratio, no duration and no count', () => {
    fc.assert(
      fc.property(returns, (steps) => {
        const [one, many] = [1000, 1_024_000].map((start) => computeMetrics(profile, runOf(steps, start)));
        const changed = one!.filter((metric, i) => !inMoney(metric) && !near(metric.value, many![i]!.value));
        expect(changed).toEqual([]);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

describe('profile v1', () => {
  const figures = (steps: readonly number[]): Record<string, number> =>
    Object.fromEntries(computeMetrics('v1', runOf(steps, 1000)).map(({ id, value }) => [id, value]));

  test('keeps its order: a tail is beyond its quantile, the deepest fall beyond the mean one, gain to pain one below Omega', () => {
    fc.assert(
      fc.property(returns, (steps) => {
        const f = figures(steps);
        const holds = [
          f['conditionalValueAtRisk95']! <= f['valueAtRisk95']! + 1e-12,
          f['worstPeriod']! <= f['conditionalValueAtRisk95']! + 1e-12,
          f['maxDrawdown']! <= f['averageDrawdown']! + 1e-12,
          f['ulcerIndex']! <= -f['maxDrawdown']! + 1e-12,
          Number.isNaN(f['omega']!) || near(f['gainToPain']!, f['omega']! - 1),
          f['worstMonth']! <= f['bestMonth']! && f['worstYear']! <= f['bestYear']!,
          f['downsideDeviation']! >= 0 && f['underWater']! <= 1,
        ];
        expect(holds.every(Boolean)).toBe(true);
      }),
      { numRuns: 60, seed: 2 },
    );
  });
});
