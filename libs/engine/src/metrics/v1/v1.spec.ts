import { describe, expect, test } from '@jest/globals';
import { backtestOf, barsAt, businessDays } from '../golden/backtest.js';
import type { MetricsInput } from '../input.js';
import { computeMetrics } from '../index.js';

function figures(input: MetricsInput): Record<string, number> {
  return Object.fromEntries(computeMetrics('v1', input).map(({ id, value }) => [id, value]));
}

/** 60 days of 390 minutes, New York summer time, with a seeded wobble. */
function minuteRun(): MetricsInput {
  const count = 60 * 390;
  const days = businessDays(60);
  const time = Float64Array.from({ length: count }, (_, i) => {
    return days[Math.floor(i / 390)]! + (13.5 * 60 + (i % 390)) * 60e6;
  });
  const equity = Float64Array.from({ length: count }, (_, i) => 1000 + 50 * Math.sin(i / 700) + i / 300 + Math.cos(i));
  return backtestOf(barsAt(time, equity, '1m', -240), equity);
}

describe('profile v1', () => {
  test('takes the ratios of minute bars from session closes, so that minutes in between do not matter', () => {
    const run = minuteRun();
    const closes = Float64Array.from(
      [0, ...Array.from({ length: 60 }, (_, i) => i * 390 + 389)],
      (i) => run.result.equity[i]!,
    );
    const daily = figures(backtestOf(barsAt(businessDays(61), closes, '1d'), closes));
    const { sharpe, sortino, volatility, valueAtRisk95, skewness, annualReturn } = figures(run);
    expect([sharpe, sortino, volatility, valueAtRisk95, skewness, annualReturn]).toEqual([
      daily['sharpe'],
      daily['sortino'],
      daily['volatility'],
      daily['valueAtRisk95'],
      daily['skewness'],
      daily['annualReturn'],
    ]);
  });

  test('takes drawdown from every bar, and says of each figure what it looked at', () => {
    const metrics = computeMetrics('v1', minuteRun());
    const basis = Object.fromEntries(metrics.map((metric) => [metric.id, metric.basis]));
    expect([basis['sharpe'], basis['maxDrawdown']]).toEqual([
      'session closes, 252 a year, 60 returns',
      'every bar, start included',
    ]);
  });

  test('names every figure once', () => {
    const ids = computeMetrics('v1', minuteRun()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a strategy that is its benchmark has beta 1, alpha 0 and nothing to tell it apart', () => {
    const { alpha, beta, correlation, informationRatio, excessReturn } = figures(minuteRun());
    expect({ alpha, beta, correlation, informationRatio, excessReturn }).toEqual({
      alpha: 0,
      beta: 1,
      correlation: expect.closeTo(1, 12),
      informationRatio: NaN,
      excessReturn: 0,
    });
  });

  test('leaves the benchmark out where none was asked for', () => {
    const groups = computeMetrics('v1', { ...minuteRun(), benchmark: 'none' }).map(({ group }) => group);
    expect(groups).not.toContain('benchmark');
  });

  test('a run that never traded returned nothing, at no risk, and has no ratios', () => {
    const flat = new Float64Array(100).fill(1000);
    const { totalReturn, volatility, maxDrawdown, sharpe, calmar, winRate, trades, cagr } = figures(
      backtestOf(barsAt(businessDays(100), flat, '1d'), flat),
    );
    expect({ totalReturn, volatility, maxDrawdown, sharpe, calmar, winRate, trades, cagr }).toEqual({
      totalReturn: 0,
      volatility: 0,
      maxDrawdown: 0,
      sharpe: NaN,
      calmar: NaN,
      winRate: NaN,
      trades: 0,
      cagr: 0,
    });
  });

  test('one bar is no history: whatever needs time or spread is not defined', () => {
    const one = Float64Array.of(1000);
    const { cagr, volatility, sharpe, annualReturn, skewness, totalReturn } = figures(
      backtestOf(barsAt(businessDays(1), one, '1d'), one),
    );
    expect([cagr, volatility, sharpe, annualReturn, skewness, totalReturn]).toEqual([NaN, NaN, NaN, NaN, NaN, 0]);
  });

  test('an account that went below zero lost everything a year, and its figures stay numbers', () => {
    const equity = Float64Array.of(1000, 500, -200, -200);
    const { annualReturn, cagr, maxDrawdown, totalReturn } = figures(
      backtestOf(barsAt(businessDays(4), equity, '1d'), equity),
    );
    expect({ annualReturn, cagr, maxDrawdown, totalReturn }).toEqual({
      annualReturn: -1,
      cagr: -1,
      maxDrawdown: -1.2,
      totalReturn: -1.2,
    });
  });

  test('growth over calendar years: doubling in two years of 365.25 days is 41.4 % a year', () => {
    const equity = Float64Array.of(1000, 2000);
    const time = Float64Array.of(0, 2 * 365.25 * 86_400e6);
    expect(figures(backtestOf(barsAt(time, equity, '1d'), equity))['cagr']).toBeCloseTo(Math.SQRT2 - 1, 12);
  });
});
