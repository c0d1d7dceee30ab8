import { momentsOf } from '../metrics/moments.js';
import { expectedMaxSharpe } from './expected-max-sharpe.js';
import { probabilisticSharpe } from './probabilistic-sharpe.js';
import { type SharpeSample, sharpeSampleOf } from './sharpe-sample.js';

/** The best of several trials, and what is left of it once luck is taken off. Sharpe ratios are per period. */
export interface DeflatedBest {
  /** Index of the trial with the highest Sharpe ratio. */
  readonly best: number;
  readonly sharpe: number;
  /** How many trials it was deflated by. */
  readonly trials: number;
  /** What the best of so many trials without skill is expected to show. */
  readonly expectedMaxSharpe: number;
  /** Probability that its true ratio is above 0, as if it had been the only trial. */
  readonly probabilistic: number;
  /** Probability that its true ratio is above what luck alone was expected to show. Near 0.5: nothing but luck. */
  readonly deflated: number;
}

/**
 * DSR: the probability that a Sharpe ratio is above what the best of N skill-less trials would show (Bailey and
 * López de Prado 2014).
 *
 * @param deviation sample standard deviation (ddof 1) of the trials' Sharpe ratios, per period
 */
export function deflatedSharpe(sample: SharpeSample, trials: number, deviation: number): number {
  return probabilisticSharpe(sample, expectedMaxSharpe(trials, deviation));
}

/**
 * Finds the best of all trials and deflates it.
 *
 * @param trialReturns excess returns per period of every trial, also those that nobody liked
 * @param trials how many to deflate by, where it is not how many are given: the ledger's count, or an effective number
 */
export function deflateBest(trialReturns: readonly Float64Array[], trials = trialReturns.length): DeflatedBest {
  const samples = trialReturns.map(sharpeSampleOf);
  let best = -1;
  samples.forEach(({ sharpe }, i) => {
    if (sharpe === sharpe && !(best >= 0 && sharpe <= samples[best]!.sharpe)) best = i;
  });
  const sample = samples[best];
  if (!sample) throw new RangeError('No trial has a Sharpe ratio: there are none, or their returns do not vary.');
  const ratios = Float64Array.from(samples, ({ sharpe }) => sharpe).filter((ratio) => !Number.isNaN(ratio));
  const deviation = ratios.length > 1 ? momentsOf(ratios).deviation : 0;
  return {
    best,
    sharpe: sample.sharpe,
    trials,
    expectedMaxSharpe: expectedMaxSharpe(trials, deviation),
    probabilistic: probabilisticSharpe(sample),
    deflated: deflatedSharpe(sample, trials, deviation),
  };
}
