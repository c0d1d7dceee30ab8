import type { Metric } from '../../metric.js';
import { define } from '../definition.js';
import { annualReturn, cagr } from '../growth.js';
import { MetricList } from '../metric-list.js';
import { yearlyReturns } from '../monthly-returns.js';
import type { RunStudy } from '../run-study.js';
import type { Tails } from '../tail-risk.js';

const growth = 'Time-weighted return; no money is paid in or out during a run.';
const calendar = 'Calendar months of the dataset’s zone, as in fund factsheets.';

export const returnDefinitions = define('return', {
  totalReturn: ['Total return', 'fraction', 'e_T / cash − 1', growth],
  annualReturn: [
    'Annual return',
    'fraction',
    '(Π(1 + r))^(A / n) − 1; −1 once wiped out',
    'As empyrical annual_return.',
  ],
  cagr: [
    'CAGR',
    'fraction',
    '(e_T / cash)^(1 / years) − 1, years of 365.25 days between the first and last bar; −1 once wiped out',
    'Compound annual growth rate (CFA Institute, GIPS).',
  ],
  bestPeriod: ['Best period', 'fraction', 'max r', 'Largest sampled return.'],
  worstPeriod: ['Worst period', 'fraction', 'min r', 'Smallest sampled return.'],
  bestMonth: ['Best month', 'fraction', 'max over months of e_end / e_before − 1', calendar],
  worstMonth: ['Worst month', 'fraction', 'min over months of e_end / e_before − 1', calendar],
  positiveMonths: ['Months that gained', 'fraction', '#(month > 0) / #months', calendar],
  bestYear: ['Best year', 'fraction', 'max over years of the compounded months', calendar],
  worstYear: ['Worst year', 'fraction', 'min over years of the compounded months', calendar],
});

export function returnMetrics(study: RunStudy, tails: Tails): Metric[] {
  const { result, settings } = study.run;
  const { clock, returns, months } = study;
  const { perYear, basis } = study.sampling;
  const last = clock.length - 1;
  const grown = result.equity[last]! / settings.cash;
  const counted = `${basis}, ${returns.length} returns`;
  const byMonth = months.map((month) => month.returns);
  const byYear = yearlyReturns(months).map((year) => year.returns);
  const inMonths = `${months.length} calendar months, the first and last may be cut short`;
  const inYears = `${byYear.length} calendar years, the first and last may be cut short`;
  return new MetricList(returnDefinitions)
    .add('totalReturn', grown - 1, 'final equity over starting cash')
    .add('annualReturn', annualReturn(returns, perYear), `geometric, ${basis}`)
    .add('cagr', cagr(grown, clock.knownAt[0]!, clock.knownAt[last]!), 'calendar years of 365.25 days')
    .add('bestPeriod', tails.best, counted)
    .add('worstPeriod', tails.worst, counted)
    .add('bestMonth', Math.max(...byMonth), inMonths)
    .add('worstMonth', Math.min(...byMonth), inMonths)
    .add('positiveMonths', byMonth.filter((r) => r > 0).length / byMonth.length, inMonths)
    .add('bestYear', Math.max(...byYear), inYears)
    .add('worstYear', Math.min(...byYear), inYears).metrics;
}
