import { describe, expect, test } from '@jest/globals';
import { backtest, barsFrom } from '../testing.js';
import { defineStrategy } from '../strategy.js';
import { backtestOf, barsAt, businessDays } from './golden/backtest.js';
import { computeMetrics, type MetricsInput } from './index.js';
import type { MetricProfile } from '../metric.js';
import { growthOfLastMonths } from './qs/qs.js';
import { quantstatsFigures } from './qs/quantstats.js';
import { drawdownsInQuantstats } from './qs/quantstats-drawdowns.js';
import { preparedReturns } from './qs/quantstats-input.js';
import { sumOf } from './sum.js';

const day = 86_400e6;

function figures(profile: MetricProfile, input: MetricsInput): Record<string, number> {
  return Object.fromEntries(computeMetrics(profile, input).map(({ id, value }) => [id, value]));
}

function daily(equity: readonly number[]): MetricsInput {
  const column = Float64Array.from(equity);
  return backtestOf(barsAt(businessDays(column.length), column, '1d'), column);
}

describe('trap 1: quantstats guesses whether it was given prices or returns', () => {
  test('what is never negative and somewhere above 1 is taken for prices', () => {
    expect([...preparedReturns(Float64Array.of(0.5, 1, 1.5))]).toEqual([0, 1, 0.5]);
  });

  test('prices that all lie below 1 are taken for returns', () => {
    expect([...preparedReturns(Float64Array.of(0.5, 0.6, 0.9))]).toEqual([0.5, 0.6, 0.9]);
  });

  test('a missing return becomes 0, which changes count and mean', () => {
    const { cagr, timeInMarket } = quantstatsFigures(Float64Array.of(0.01, NaN, 0.01), 252);
    expect([cagr, timeInMarket]).toEqual([expect.closeTo(1.01 ** (2 * 84) - 1, 12), 0.67]);
  });

  test('the peak before the first price is guessed from that price', () => {
    const { deepest } = drawdownsInQuantstats(Float64Array.of(10, -0.1));
    expect(deepest).toBeCloseTo(9.9 / 100 - 1, 12);
  });
});

test('trap 2: quantstats’ three years are 35 months and its five years 59', () => {
  const start = Date.UTC(2015, 0, 1) / 86_400_000;
  const days = Float64Array.from({ length: 3653 }, (_, i) => start + i);
  // Nothing is earned but on one day: 35 months before the last one, 2024-12-31, and 59.
  const earned = (date: number): Float64Array =>
    Float64Array.from({ length: 3652 }, (_, i) => (days[i + 1] === date / 86_400_000 ? 1 : 0));
  const last = Date.UTC(2022, 0, 31);
  expect([
    growthOfLastMonths(earned(last), days, 35) > 0,
    growthOfLastMonths(earned(last - 86_400_000), days, 35) > 0,
    growthOfLastMonths(earned(Date.UTC(2020, 0, 31)), days, 59) > 0,
    growthOfLastMonths(earned(Date.UTC(2020, 0, 30)), days, 59) > 0,
  ]).toEqual([true, false, true, false]);
});

test('trap 3: quantstats’ profit ratio divides means by counts once more', () => {
  const { profitRatio, payoffRatio } = quantstatsFigures(Float64Array.of(0.02, 0.02, 0.02, -0.01), 252);
  expect([profitRatio, payoffRatio]).toEqual([expect.closeTo(2 / 3, 12), expect.closeTo(2, 12)]);
});

test('trap 4: what is not defined is NaN, never a sentinel such as 10, 0 or -100 that would win or lose a search', () => {
  const never = figures('v1', daily(Array.from({ length: 40 }, (_, i) => 1000 + (i % 7))));
  const flat = figures('v1', daily(new Array<number>(40).fill(1000)));
  expect([never['profitFactor'], never['winRate'], never['sqn'], flat['sharpe'], flat['calmar']]).toEqual(
    new Array(5).fill(NaN),
  );
});

test('trap 5: backtesting.py’s volatility compounds the variance and is not s times the root of A', () => {
  const wave = daily(Array.from({ length: 300 }, (_, i) => 1000 + 2 * i + 90 * Math.sin(i)));
  const { btpy, v1 } = { btpy: figures('btpy', wave)['volatility']!, v1: figures('v1', wave)['volatility']! };
  expect(btpy / v1).toBeGreaterThan(1.5);
});

test('trap 6: commission is paid twice a round trip, spread at entry only under backtesting.py’s rule', () => {
  const rows = [100, 100, 100, 100].map((price) => ({ open: price, high: price, low: price, close: price }));
  const inAndOut = defineStrategy({
    name: 'In and out',
    next({ index, buy, close }) {
      if (index === 0) buy({ size: 10 });
      if (index === 1) close();
    },
  });
  const { trades } = backtest(inAndOut, barsFrom(rows), {
    commission: { kind: 'fraction', rate: 0.01 },
    spread: { kind: 'entry-only', rate: 0.02 },
  });
  expect([trades.commission[0], trades.pnl[0]]).toEqual([
    expect.closeTo(0.01 * 10 * (102 + 100), 9),
    expect.closeTo(-10 * 2 - 0.01 * 10 * (102 + 100), 9),
  ]);
});

test('trap 7: sums do not depend on the order of large and small terms', () => {
  const terms = [1, 1e100, 1, -1e100];
  expect([sumOf(terms), sumOf([...terms].reverse()), terms.reduce((a, b) => a + b)]).toEqual([2, 2, 0]);
});

test('trap 8: quantstats groups by UTC day, so a session across midnight UTC moves; v1 keeps the local day', () => {
  const monday = businessDays(1)[0]!;
  // Two sessions of three hourly bars each, 22:00 to 01:00 UTC: one local day in New York.
  const time = Float64Array.from([22, 23, 24, 46, 47, 48], (hour) => monday + (hour / 24) * day);
  const equity = Float64Array.of(100, 100, 110, 110, 121, 121);
  const input = backtestOf(barsAt(time, equity, '1h', -300), equity);
  const count = (profile: MetricProfile): string =>
    computeMetrics(profile, input).find(({ id }) => id === 'sharpe')!.basis;
  expect([count('qs'), count('v1')]).toEqual([
    'closes of UTC days, 252 a year, 3 returns',
    'session closes, 252 a year, 2 returns',
  ]);
});
