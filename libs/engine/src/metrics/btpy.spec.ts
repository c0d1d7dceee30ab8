import { describe, expect, test } from '@jest/globals';
import { goldenCases } from '../golden/golden-strategies.js';
import { lcgBars } from '../golden/lcg-bars.js';
import { peerBacktests } from '../golden/peer-backtests.js';
import { backtest } from '../testing.js';
import { backtestOf, barsAt, businessDays } from './golden/backtest.js';
import { computeMetrics } from './index.js';
import type { MetricsInput } from './input.js';

/** Our figure for each of the peer's; it prints percent and durations in days. */
const names: Readonly<Record<string, { id: string; scale?: number }>> = {
  Duration: { id: 'duration' },
  'Exposure Time [%]': { id: 'timeInMarket', scale: 100 },
  'Equity Final [$]': { id: 'finalEquity' },
  'Equity Peak [$]': { id: 'peakEquity' },
  'Commissions [$]': { id: 'commissions' },
  'Return [%]': { id: 'totalReturn', scale: 100 },
  'Buy & Hold Return [%]': { id: 'benchmarkReturn', scale: 100 },
  'Return (Ann.) [%]': { id: 'annualReturn', scale: 100 },
  'Volatility (Ann.) [%]': { id: 'volatility', scale: 100 },
  'CAGR [%]': { id: 'cagr', scale: 100 },
  'Sharpe Ratio': { id: 'sharpe' },
  'Sortino Ratio': { id: 'sortino' },
  'Calmar Ratio': { id: 'calmar' },
  'Alpha [%]': { id: 'alpha', scale: 100 },
  Beta: { id: 'beta' },
  'Max. Drawdown [%]': { id: 'maxDrawdown', scale: 100 },
  'Avg. Drawdown [%]': { id: 'averageDrawdown', scale: 100 },
  'Max. Drawdown Duration': { id: 'longestDrawdown' },
  'Avg. Drawdown Duration': { id: 'averageDrawdownDuration' },
  '# Trades': { id: 'trades' },
  'Win Rate [%]': { id: 'winRate', scale: 100 },
  'Best Trade [%]': { id: 'bestTrade', scale: 100 },
  'Worst Trade [%]': { id: 'worstTrade', scale: 100 },
  'Avg. Trade [%]': { id: 'averageTrade', scale: 100 },
  'Max. Trade Duration': { id: 'longestDuration' },
  'Avg. Trade Duration': { id: 'averageDuration' },
  'Profit Factor': { id: 'profitFactor' },
  'Expectancy [%]': { id: 'expectancy', scale: 100 },
  SQN: { id: 'sqn' },
  'Kelly Criterion': { id: 'kelly' },
};

function figures(input: MetricsInput): ReadonlyMap<string, number> {
  return new Map(computeMetrics('btpy', input).map(({ id, value }) => [id, value]));
}

function valueOf(printed: number | string): number {
  return typeof printed === 'number' ? printed : Number(/^(\d+) days 00:00:00$/.exec(printed)?.[1] ?? printed);
}

function near(value: number, expected: number): boolean {
  return Object.is(value, expected) || Math.abs(value - expected) <= Math.max(1e-12, Math.abs(expected) * 1e-9);
}

describe.each(peerBacktests)('profile btpy on $name', ({ name, statistics }) => {
  const { strategy, settings } = goldenCases[name]!;
  const bars = lcgBars();
  const ours = figures({
    result: backtest(strategy, bars, settings),
    bars: [bars],
    settings,
    benchmark: 'none',
    warmup: 19,
  });
  const { Start: start, End: end, ...printed } = statistics;

  test('prints every statistic of backtesting.py, to nine digits', () => {
    const differences = Object.entries(printed).flatMap(([label, theirs]) => {
      const { id, scale = 1 } = names[label]!;
      const value = ours.get(id)! * scale;
      return near(value, valueOf(theirs)) ? [] : [`${label}: ${value}, the peer says ${theirs}`];
    });
    expect(differences).toEqual([]);
  });

  test('runs over the same days', () => {
    const text = (time: number): string => new Date(time / 1000).toISOString().replace('T', ' ').slice(0, 19);
    expect([text(bars.time[0]!), text(bars.time.at(-1)!)]).toEqual([start, end]);
  });
});

describe('profile btpy', () => {
  const day = 86_400e6;

  test('leaves undefined what a run without trades does not have', () => {
    const flat = new Float64Array(30).fill(1000);
    const ours = figures(backtestOf(barsAt(businessDays(30), flat, '1d'), flat));
    const shown = [
      'trades',
      'winRate',
      'bestTrade',
      'averageTrade',
      'profitFactor',
      'sqn',
      'kelly',
      'sharpe',
      'calmar',
    ];
    expect(shown.map((id) => ours.get(id))).toEqual([0, NaN, NaN, NaN, NaN, NaN, NaN, NaN, NaN]);
  });

  test('takes intraday equity at the end of each day', () => {
    const time = Float64Array.from([0, 0.5, 1, 1.5, 2, 2.5], (days) => 17_532 * day + days * day);
    const equity = Float64Array.of(100, 110, 90, 121, 80, 133.1);
    const annual = figures(backtestOf(barsAt(time, equity, '12h'), equity)).get('annualReturn')!;
    expect(annual / (1.21 ** (252 / 2) - 1)).toBeCloseTo(1, 9);
  });

  test.each([
    ['weeks', 7, 52],
    ['months of 31 days', 31, 12],
    ['days round the clock', 1, 365],
  ])('counts the year of %s', (_name, days, perYear) => {
    const time = Float64Array.from({ length: 40 }, (_, i) => 17_532 * day + i * days * day);
    const equity = Float64Array.from(time, (_, i) => 1000 * 1.001 ** i);
    const basis = computeMetrics('btpy', backtestOf(barsAt(time, equity, '1d'), equity)).find(
      ({ id }) => id === 'annualReturn',
    )!.basis;
    expect(basis).toContain(`${perYear} a year`);
  });
});
