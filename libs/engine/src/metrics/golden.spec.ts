import { describe, expect, test } from '@jest/globals';
import { empyricalFigures } from './emp/empyrical.js';
import { agrees, differences, empyricalNames, quantstatsNames } from './golden/agreement.js';
import { backtestOf, barsAt, businessDays } from './golden/backtest.js';
import { peers } from './golden/peers.js';
import { goldenReturns } from './golden/series.js';
import { computeMetrics, type MetricsInput } from './index.js';
import { quantstatsFigures } from './qs/quantstats.js';
import type { MetricProfile } from '../metric.js';

const cases = Object.entries(peers.series).map(([name, { quantstats, empyrical, ...shape }]) => ({
  name,
  shape,
  quantstats: quantstats as Readonly<Record<string, number>>,
  empyrical: empyrical as Readonly<Record<string, number>>,
}));

/** Daily equity that yields these returns. */
function runOf(name: string): MetricsInput {
  const returns = goldenReturns(name);
  const equity = new Float64Array(returns.length + 1).fill(100);
  for (let i = 0; i < returns.length; i++) equity[i + 1] = equity[i]! * (1 + returns[i]!);
  return backtestOf(barsAt(businessDays(equity.length), equity, '1d'), equity);
}

function figures(profile: MetricProfile, input: MetricsInput): Record<string, number> {
  return Object.fromEntries(computeMetrics(profile, input).map(({ id, value }) => [id, value]));
}

describe.each(cases)('$name', ({ name, shape, quantstats, empyrical }) => {
  const returns = goldenReturns(name);

  test('is the series that the peers saw', () => {
    const sum = returns.reduce((total, r) => total + (Number.isNaN(r) ? 0 : r), 0);
    const theirs = [...shape.first3, shape.last, shape.sum];
    const ours = [...returns.slice(0, shape.first3.length), returns.at(-1)!, sum];
    expect(returns).toHaveLength(shape.n);
    expect(ours.filter((value, i) => !agrees(value, theirs[i]!))).toEqual([]);
  });

  test('has every figure that quantstats 0.0.78 prints', () => {
    expect(Object.keys(quantstats)).toHaveLength(Object.keys(quantstatsNames).length);
    expect(differences(quantstatsFigures(returns, 252), quantstats, quantstatsNames)).toEqual([]);
  });

  test('has every figure that empyrical prints', () => {
    expect(Object.keys(empyrical)).toHaveLength(Object.keys(empyricalNames).length);
    expect(differences(empyricalFigures(returns, 252), empyrical, empyricalNames)).toEqual([]);
  });
});

describe('a report over daily equity', () => {
  // Equity cannot miss a return, and rounds those that are all alike, so that they scatter by some 1e-17.
  const shown = cases.filter(({ name }) => !['with_nan', 'constant'].includes(name));

  test.each(shown)('in profile qs prints what quantstats says of $name', ({ name, quantstats }) => {
    expect(differences(figures('qs', runOf(name)), quantstats, quantstatsNames)).toEqual([]);
  });

  test.each(shown)('in profile emp prints what empyrical says of $name', ({ name, empyrical }) => {
    expect(differences(figures('emp', runOf(name)), empyrical, empyricalNames)).toEqual([]);
  });

  test.each(shown.slice(0, 3))(
    'in profile v1 agrees with both on $name wherever the definition is theirs',
    (golden) => {
      const ours = figures('v1', runOf(golden.name));
      const { sharpe, volatility, max_drawdown, calmar, omega, var: valueAtRisk, skew, comp } = golden.quantstats;
      const { best, worst, smart_sharpe, ulcer_index, ulcer_performance_index, serenity_index } = golden.quantstats;
      const { gain_to_pain_ratio, profit_factor } = golden.quantstats;
      const fromQuantstats = {
        sharpe,
        volatility,
        maxDrawdown: max_drawdown,
        calmar,
        omega,
        normalValueAtRisk95: valueAtRisk,
        skewness: skew,
        totalReturn: comp,
        bestPeriod: best,
        worstPeriod: worst,
        smartSharpeFirstLag: smart_sharpe,
        ulcerIndexSample: ulcer_index,
        ulcerPerformanceIndex: ulcer_performance_index,
        serenityIndex: serenity_index,
        gainToPain: gain_to_pain_ratio,
        profitFactorOfPeriods: profit_factor,
        kurtosis: golden.quantstats['kurtosis']! + 3,
      } as Record<string, number>;
      const { sortino_ratio, annual_return, tail_ratio, stability_of_timeseries, downside_risk } = golden.empyrical;
      const fromEmpyrical = {
        sortino: sortino_ratio,
        annualReturn: annual_return,
        tailRatio: tail_ratio,
        stability: stability_of_timeseries,
        downsideDeviation: downside_risk,
        valueAtRisk95: golden.empyrical['value_at_risk'],
        conditionalValueAtRisk95: golden.empyrical['conditional_value_at_risk'],
      } as Record<string, number>;
      const theirs = { ...fromQuantstats, ...fromEmpyrical };
      expect(differences(ours, theirs, Object.fromEntries(Object.keys(theirs).map((id) => [id, id])))).toEqual([]);
    },
  );
});
