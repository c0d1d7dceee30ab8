import { fixed } from '@quarry/contracts';
import { deflatedSharpe, minimumTrackRecord, probabilisticSharpe, type SharpeSample } from '@quarry/engine/host';
import type { Check } from './check.js';
import { percent, type ReportView } from './report-view.js';

const confidence = 0.95;
/** As many variants as anybody tries before he is content. */
const usualTrials = 20;

/** The run's returns as its ratios see them, from its figures. Null where they are not defined. */
function sampleOf(view: ReportView): (SharpeSample & { readonly perYear: number }) | null {
  const { distribution } = view.report;
  const perYear = Number(/([\d.]+) a year/.exec(distribution?.basis ?? '')?.[1]);
  const observations = distribution?.counts.reduce((total, count) => total + count, 0) ?? 0;
  const sample = {
    sharpe: view.figure('sharpe') / Math.sqrt(perYear),
    observations,
    skewness: view.figure('skewness'),
    kurtosis: view.figure('kurtosis'),
  };
  return observations > 2 && Object.values(sample).every(Number.isFinite) ? { ...sample, perYear } : null;
}

/** Can luck alone have done it? */
export const luckChecks: readonly Check[] = [
  {
    id: 'sharpe-unproved',
    severity: 'serious',
    title: 'The Sharpe ratio is not above 0 beyond doubt (PSR)',
    suggestion: 'Run it over a longer history, or on markets it was not made on.',
    look: (view) => {
      const sample = sampleOf(view);
      if (!sample) return null;
      const psr = probabilisticSharpe(sample);
      return psr < confidence
        ? `${view.words('sharpe')}; the probability that the true one is above 0 is ${percent(psr)}, below 95 %`
        : null;
    },
  },
  {
    id: 'sharpe-deflated',
    severity: 'serious',
    title: `Of ${usualTrials} variants tried, luck would show as good a Sharpe ratio (DSR)`,
    suggestion: 'Count every variant that was ever tried, and judge the ratio by that many; quarry sweep keeps count.',
    look: (view) => {
      const sample = sampleOf(view);
      if (!sample || probabilisticSharpe(sample) < confidence) return null;
      const dsr = deflatedSharpe(sample, usualTrials, 1 / Math.sqrt(sample.observations - 1));
      return dsr < confidence
        ? `${view.words('sharpe')}; as the best of ${usualTrials} trials its deflated probability is ${percent(dsr)}`
        : null;
    },
  },
  {
    id: 'track-record-short',
    severity: 'minor',
    title: 'The record is shorter than its Sharpe ratio needs (MinTRL)',
    suggestion: 'Wait, or test on a longer history, before you believe the ratio.',
    look: (view) => {
      const sample = sampleOf(view);
      const needed = sample && minimumTrackRecord(sample);
      return sample && needed !== null && Number.isFinite(needed) && needed > sample.observations
        ? `${fixed(sample.observations, 0)} returns; ${fixed(Math.ceil(needed), 0)} are needed for 95 %`
        : null;
    },
  },
  {
    id: 'too-good',
    severity: 'serious',
    title: 'The Sharpe ratio is too good to be true',
    suggestion: 'Run quarry prove: look-ahead, fills at prices nobody gets and missing costs look just like this.',
    look: (view) => (view.figure('sharpe') > 3 ? view.words('sharpe') : null),
  },
  {
    id: 'always-wins',
    severity: 'serious',
    title: 'It hardly ever loses',
    suggestion: 'Look for losses that are never taken (no stop, open trades), and run quarry prove.',
    look: (view) =>
      view.report.tradeCount >= 20 && view.figure('winRate') > 0.9
        ? `${view.words('winRate')} of ${view.report.tradeCount} trades`
        : null,
  },
  {
    id: 'mean-trade-noise',
    severity: 'serious',
    title: 'The mean trade is within its noise',
    suggestion: 'Take more trades, or fewer and better ones: a t statistic of 2 is the least to ask for.',
    look: (view) => {
      const t = view.figure('sqn');
      return view.report.tradeCount >= 2 && t > 0 && t < 2 ? `t of the mean trade (SQN) ${fixed(t, 2)}, below 2` : null;
    },
  },
  {
    id: 'correlated-returns',
    severity: 'minor',
    title: 'Its returns are autocorrelated, which flatters the Sharpe ratio',
    suggestion: 'Quote the smart Sharpe ratio; look for stale prices and for positions marked late.',
    look: (view) =>
      view.figure('sharpe') > 0.2 && view.figure('smartSharpe') < 0.8 * view.figure('sharpe')
        ? `${view.words('sharpe')}, ${view.words('smartSharpe')}`
        : null,
  },
  {
    id: 'fat-tails',
    severity: 'minor',
    title: 'Its returns have fat tails',
    suggestion: 'Do not size it by volatility alone: look at the worst day and CVaR.',
    look: (view) =>
      view.figure('kurtosis') > 10 ? `${view.words('kurtosis')} (3 for a normal), ${view.words('worstPeriod')}` : null,
  },
  {
    id: 'crash-prone',
    severity: 'serious',
    title: 'It gains often and a little, and loses seldom and much',
    suggestion: 'Bound the loss of a trade with a stop, and count on a loss that the sample does not hold.',
    look: (view) => (view.figure('skewness') < -1 ? `${view.words('skewness')}, ${view.words('worstPeriod')}` : null),
  },
];
