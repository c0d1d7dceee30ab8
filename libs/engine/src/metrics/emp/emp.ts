import type { Metric } from '../../metric.js';
import { MetricList } from '../metric-list.js';
import type { RunStudy } from '../run-study.js';
import { intervalLength } from '../session-days.js';
import { empDefinitions } from './emp-definitions.js';
import { empyricalAgainst, empyricalFigures } from './empyrical.js';

const microsecondsPerDay = 86_400e6;

type Id = keyof typeof empDefinitions;

/**
 * What empyrical prints for the returns between the samples of profile v1 (session closes of intraday bars, else each
 * bar), with that peer's periods a year: 252, 52, 12, 4 or 1.
 */
export function empMetrics(study: RunStudy): Metric[] {
  const { run, returns, clock } = study;
  const perYear = periodsPerYear(intervalLength(clock.interval) / microsecondsPerDay);
  const figures: Partial<Record<Id, number>> = {
    ...empyricalFigures(returns, perYear),
    ...(run.benchmark === 'none' ? {} : empyricalAgainst(returns, study.marketReturns, perYear)),
  };
  const basis = `${study.sampling.basis.split(',')[0]}, ${perYear} a year, ${returns.length} returns`;
  const list = new MetricList(empDefinitions);
  for (const id of Object.keys(empDefinitions) as Id[]) {
    const value = figures[id];
    if (value !== undefined) list.add(id, value, basis);
  }
  return list.metrics;
}

/** The nearest of the lengths that the peer knows: day, week, month, quarter, year. */
function periodsPerYear(days: number): number {
  if (days < 5) return 252;
  if (days < 20) return 52;
  if (days < 60) return 12;
  return days < 200 ? 4 : 1;
}
