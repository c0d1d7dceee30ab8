import { describe, expect, test } from '@jest/globals';
import { summariseDrawdowns } from './drawdown.js';
import { backtestOf, barsAt, businessDays } from './golden/backtest.js';
import { peers } from './golden/peers.js';
import { goldenReturns } from './golden/series.js';
import { annualReturn } from './growth.js';
import { computeMetrics } from './index.js';
import { momentsOf } from './moments.js';
import { omega } from './omega.js';
import { sharpe } from './sharpe.js';
import { downsideDeviation, sortino } from './sortino.js';
import { stability } from './stability.js';
import { ascending, historicalCVaR, historicalVaR, normalVaR, quantile, tailRatio } from './tail-risk.js';

type Figures = Readonly<Record<string, number>>;
const cases = Object.entries(peers.series).map(([name, { quantstats, empyrical, ...shape }]) => ({
  name,
  shape,
  quantstats: quantstats as Figures,
  empyrical: empyrical as Figures,
}));

/** Relative 1e-9, absolute 1e-12 near zero; NaN and Infinity as values. */
function agrees(ours: number, theirs: number): boolean {
  if (Object.is(ours, theirs) || (Number.isNaN(ours) && Number.isNaN(theirs))) return true;
  return Math.abs(ours - theirs) <= Math.max(1e-12, 1e-9 * Math.abs(theirs));
}

function differences(ours: Record<string, number>, theirs: Figures): string[] {
  return Object.entries(ours)
    .filter(([key, value]) => !agrees(value, theirs[key]!))
    .map(([key, value]) => `${key}: ${value}, the peer says ${theirs[key]}`);
}

function equityOf(returns: Float64Array): Float64Array {
  const equity = new Float64Array(returns.length + 1).fill(100);
  for (let i = 0; i < returns.length; i++) equity[i + 1] = equity[i]! * (1 + returns[i]!);
  return equity;
}

describe.each(cases)('$name', ({ name, shape, quantstats, empyrical }) => {
  const all = goldenReturns(name);
  // One peer takes a missing return for 0, the other leaves it out. Equity never misses one, so we need neither.
  const zeroFilled = all.map((r) => (Number.isNaN(r) ? 0 : r));
  const present = all.filter((r) => !Number.isNaN(r));

  test('the generated series is the one that the peers saw', () => {
    const values = [...all.slice(0, 3), all.at(-1)!, present.reduce((sum, r) => sum + r, 0)];
    const theirs = [...shape.first3.slice(0, 3), shape.last, shape.sum];
    expect(all).toHaveLength(shape.n);
    expect(values.filter((value, i) => !agrees(value, theirs[i]!))).toEqual([]);
  });

  test('agrees with quantstats where the definition is the same', () => {
    const moments = momentsOf(zeroFilled);
    const sorted = ascending(zeroFilled);
    const equity = equityOf(zeroFilled);
    const time = Float64Array.from(equity, (_, i) => i);
    const falls = summariseDrawdowns(equity, time, 100);
    const n = zeroFilled.length;
    const ours = {
      sharpe: sharpe(moments, 252),
      volatility: moments.deviation * Math.sqrt(252),
      max_drawdown: -falls.deepest,
      omega: omega(zeroFilled),
      ulcer_index: Math.sqrt((falls.ulcerIndex ** 2 * equity.length) / (n - 1)),
      tail_ratio: tailRatio(sorted),
      var: normalVaR(moments),
      skew: moments.skewness,
      kurtosis: moments.excessKurtosis,
      best: quantile(sorted, 1),
      worst: quantile(sorted, 0),
    };
    expect(differences(ours, quantstats)).toEqual([]);
  });

  test('agrees with empyrical where the definition is the same', () => {
    const moments = momentsOf(present);
    const sorted = ascending(present);
    const equity = equityOf(present);
    const falls = summariseDrawdowns(equity, equity, 100);
    const annual = annualReturn(present, 252);
    const ours = {
      sharpe_ratio: sharpe(moments, 252),
      sortino_ratio: sortino(present, 252),
      annual_return: name === 'with_nan' ? annualReturn(zeroFilled, 252) : annual,
      annual_volatility: moments.deviation * Math.sqrt(252),
      max_drawdown: -falls.deepest,
      omega_ratio: omega(present),
      tail_ratio: tailRatio(sorted),
      stability_of_timeseries: stability(present),
      value_at_risk: name === 'with_nan' ? NaN : historicalVaR(sorted),
      conditional_value_at_risk: historicalCVaR(sorted),
      downside_risk: downsideDeviation(present) * Math.sqrt(252),
    };
    expect(differences(ours, empyrical)).toEqual([]);
  });
});

describe('a report in profile v1 over daily equity', () => {
  const shown = ['lcg_1260_seed42', 'lcg_60_seed7', 'first_day_loss', 'wipe_out'];

  test.each(cases.filter(({ name }) => shown.includes(name)))("of $name shows the peers' figures", (golden) => {
    const equity = equityOf(goldenReturns(golden.name));
    const input = backtestOf(barsAt(businessDays(equity.length), equity, '1d'), equity);
    const metrics = computeMetrics('v1', input);
    const value = (id: string): number => metrics.find((metric) => metric.id === id)!.value;
    const { quantstats, empyrical } = golden;
    expect(
      differences(
        {
          sharpe: value('sharpe'),
          volatility: value('volatility'),
          max_drawdown: value('maxDrawdown'),
          calmar: value('calmar'),
          omega: value('omega'),
          var: value('normalValueAtRisk95'),
          skew: value('skewness'),
          kurtosis: value('kurtosis') - 3,
          comp: value('totalReturn'),
          best: value('bestPeriod'),
          worst: value('worstPeriod'),
        },
        quantstats,
      ),
    ).toEqual([]);
    expect(
      differences(
        {
          sortino_ratio: value('sortino'),
          annual_return: value('annualReturn'),
          calmar_ratio: value('calmar'),
          tail_ratio: value('tailRatio'),
          stability_of_timeseries: value('stability'),
          value_at_risk: value('valueAtRisk95'),
          conditional_value_at_risk: value('conditionalValueAtRisk95'),
        },
        empyrical,
      ),
    ).toEqual([]);
  });
});
