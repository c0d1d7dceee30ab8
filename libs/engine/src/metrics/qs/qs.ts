import type { Metric } from '../../metric.js';
import { civil, firstDayOf } from '../civil.js';
import { MetricList } from '../metric-list.js';
import type { RunStudy } from '../run-study.js';
import { returnsAt } from '../sampling.js';
import { dayCloses } from '../session-days.js';
import { qsDefinitions } from './qs-definitions.js';
import { compounded, quantstatsAgainst, quantstatsFigures } from './quantstats.js';

/** quantstats takes 252 periods a year, whatever the market and the length of a period. */
const perYear = 252;

type Id = keyof typeof qsDefinitions;

/**
 * What quantstats 0.0.78 prints for the returns of the account between the last bars of each UTC day: it converts to UTC
 * before it groups by day, so a session that crosses midnight there is cut in two. Given equity instead of returns, that
 * peer would count a first return of 0 as well.
 */
export function qsMetrics({ run, clock }: RunStudy): Metric[] {
  const closes = dayCloses(clock, null);
  const first = closes.bars[0] === 0 ? [] : [0];
  const at = Int32Array.from([...first, ...closes.bars]);
  const days = Float64Array.from([...first.map(() => closes.days[0]!), ...closes.days]);
  const returns = returnsAt(run.result.equity, at);
  const figures: Omit<Record<Id, number>, 'beta' | 'alpha' | 'informationRatio'> = {
    ...quantstatsFigures(returns, perYear),
    threeYears: growthOfLastMonths(returns, days, 35),
    fiveYears: growthOfLastMonths(returns, days, 59),
  };
  const against = run.benchmark === 'none' ? {} : quantstatsAgainst(returns, returnsAt(clock.close, at), perYear);
  const values: Partial<Record<Id, number>> = { ...figures, ...against };
  const basis = `closes of UTC days, ${perYear} a year, ${returns.length} returns`;
  const list = new MetricList(qsDefinitions);
  for (const id of Object.keys(qsDefinitions) as Id[]) {
    const value = values[id];
    if (value !== undefined) list.add(id, value, basis);
  }
  return list.metrics;
}

/**
 * CAGR of the returns since so many months before the last day. quantstats' reports ask for 35 months where they say three
 * years, and for 59 where they say five.
 */
export function growthOfLastMonths(returns: Float64Array, days: Float64Array, months: number): number {
  const last = days[days.length - 1]!;
  const since = monthsBefore(last, months);
  let from = returns.length;
  while (from > 0 && days[from]! >= since) from--;
  const recent = returns.subarray(from);
  return Math.abs(1 + compounded(recent)) ** (perYear / recent.length) - 1;
}

/** The same day of an earlier month, or that month's last (as dateutil's relativedelta). */
function monthsBefore(day: number, months: number): number {
  const { year, month } = civil(day);
  const ofMonth = day - firstDayOf(year, month);
  const start = firstDayOf(year, month - months);
  return Math.min(start + ofMonth, firstDayOf(year, month - months + 1) - 1);
}
