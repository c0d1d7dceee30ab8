import type { Metric } from '../../metric.js';
import { define } from '../definition.js';
import { summariseFills } from '../fill-summary.js';
import { MetricList } from '../metric-list.js';
import type { RunStudy } from '../run-study.js';

const microsecondsPerYear = 365.25 * 86_400e6;
/** A fill may take this share of its bar's volume before it is taken to move the price. */
const participationLimit = 0.01;

export const accountDefinitions = define('account', {
  startCash: ['Starting cash', 'currency', 'cash', 'Setting of the run.'],
  finalEquity: ['Final equity', 'currency', 'e_T, positions marked at the last close', 'Account value.'],
  commissions: ['Commissions', 'currency', 'Σ commission of all fills', 'Setting of the run.'],
  commissionShare: [
    'Commissions of gross profit',
    'fraction',
    'Σ commission / (e_T − cash + Σ commission); NaN where trading lost before commissions',
    'What the broker kept of what trading made.',
  ],
  fills: ['Fills', 'count', '#fills; an order that filled in parts has as many', 'Fill log.'],
  traded: ['Traded value', 'currency', 'Σ |units · price| of all fills', 'Fill log.'],
  turnover: [
    'Turnover a year',
    'ratio',
    'traded value / 2 / mean equity / years of 365.25 days',
    'Half of purchases and sales over mean net assets (SEC Form N-1A counts the lesser of both).',
  ],
  capacity: [
    'Capacity (1 % of volume)',
    'currency',
    'cash · 0.01 / (95 % quantile over fills of units / volume of the fill’s bar)',
    'Quarry’s rule, after participation rates in Almgren et al., Risk 18 (2005): the starting cash at which one fill in twenty would pass 1 % of its bar’s volume.',
  ],
  timeInMarket: [
    'Time in market',
    'fraction',
    '#(bars that closed with a position) / #bars',
    'Bars, not trades: overlapping trades count once.',
  ],
  grossExposure: ['Gross exposure', 'fraction', 'mean(|position value| / equity)', 'Every bar’s close.'],
  netExposure: ['Net exposure', 'fraction', 'mean(position value / equity), shorts negative', 'Every bar’s close.'],
  largestExposure: ['Largest exposure', 'fraction', 'max(|position value| / equity)', 'The leverage that was used.'],
});

export function accountMetrics(study: RunStudy): Metric[] {
  const { result, settings, bars } = study.run;
  const { clock } = study;
  const { exposure } = study;
  const fills = summariseFills(result, bars);
  const last = clock.length - 1;
  const finalEquity = result.equity[last]!;
  const years = (clock.knownAt[last]! - clock.time[0]!) / microsecondsPerYear;
  const gross = finalEquity - settings.cash + fills.commission;
  const every = 'every bar';
  return new MetricList(accountDefinitions)
    .add('startCash', settings.cash, 'before the first bar')
    .add('finalEquity', finalEquity, 'at the last close')
    .add('commissions', fills.commission, 'all fills')
    .add('commissionShare', gross > 0 ? fills.commission / gross : NaN, 'all fills, over profit before commissions')
    .add('fills', fills.count, 'all fills')
    .add('traded', fills.traded, 'all fills')
    .add('turnover', fills.traded / 2 / meanEquity(study) / years, `mean equity of ${study.sampling.basis}`)
    .add(
      'capacity',
      (settings.cash * participationLimit) / fills.participation,
      `${fills.sampled} of ${fills.count} fills, on bars with a volume`,
    )
    .add('timeInMarket', exposure.timeInMarket, 'bars that closed with a position')
    .add('grossExposure', exposure.gross, every)
    .add('netExposure', exposure.net, every)
    .add('largestExposure', exposure.largest, every).metrics;
}

function meanEquity({ sampling: { at }, run }: RunStudy): number {
  let sum = 0;
  for (let i = 0; i < at.length; i++) sum += run.result.equity[at[i]!]!;
  return sum / at.length;
}
