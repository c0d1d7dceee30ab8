import { blockSums, eachHalf } from './half-splits.js';
import { lineThrough } from './line.js';
import { type Dominance, dominanceOf } from './dominance.js';

/** What combinatorially symmetric cross-validation says of a search. Sharpe ratios are per period. */
export interface Overfitting {
  /** Ways to cut the blocks in two halves, S over S/2: each half is in sample once. */
  readonly splits: number;
  /** PBO: share of splits in which the best in sample is in the lower half out of sample (λ <= 0). */
  readonly probability: number;
  /** λ of each split: the log odds of the out-of-sample rank of the one that was best in sample. */
  readonly logits: Float64Array;
  readonly meanLogit: number;
  /** Share of splits in which the best in sample has a Sharpe ratio below 0 out of sample. */
  readonly probabilityOfLoss: number;
  /** Sharpe ratio of the chosen one, in and out of sample, for each split. */
  readonly inSample: Float64Array;
  readonly outOfSample: Float64Array;
  /** Least-squares line through those: below 0, the better it looked the worse it did. */
  readonly degradation: { readonly slope: number; readonly intercept: number; readonly rSquared: number };
  /** Does choosing the best beat choosing at random, out of sample? */
  readonly dominance: Dominance;
}

/**
 * PBO, the probability of backtest overfitting, by combinatorially symmetric cross-validation (Bailey, Borwein,
 * López de Prado and Zhu, Journal of Computational Finance 20, 2017). The rows are cut into S blocks of equal length;
 * each choice of half the blocks picks the trial with the best Sharpe ratio in it, whose rank in the other half counts.
 * Only each block's count, sum and sum of squares are kept, so a split costs two additions a trial.
 *
 * @param trialReturns returns per period of every trial, over the same periods; the oldest rows are left out where
 *   their number is no multiple of the blocks
 * @param blocks S, an even number from 2 to 20; 16 gives 12,870 splits
 */
export function overfitting(trialReturns: readonly Float64Array[], blocks = 16): Overfitting {
  if (trialReturns.length < 2) {
    throw new RangeError(`Overfitting is a matter of choice: ${trialReturns.length} trial given, at least 2 needed.`);
  }
  const sums = blockSums(trialReturns, blocks);
  const trials = trialReturns.length;
  const logits: number[] = [];
  const inSample: number[] = [];
  const outOfSample: number[] = [];
  let lowest = Infinity;
  let highest = -Infinity;
  let overfitted = 0;
  let losses = 0;
  eachHalf(sums, (inside, outside) => {
    let best = 0;
    for (let j = 1; j < trials; j++) if (inside[j]! > inside[best]!) best = j;
    const reached = outside[best]!;
    let below = 0;
    for (let j = 0; j < trials; j++) {
      const ratio = outside[j]!;
      if (ratio < reached) below++;
      if (ratio < lowest) lowest = ratio;
      if (ratio > highest) highest = ratio;
    }
    const rank = (below + 1) / (trials + 1);
    const logit = Math.log(rank / (1 - rank));
    logits.push(logit);
    inSample.push(inside[best]!);
    outOfSample.push(reached);
    if (logit <= 0) overfitted++;
    if (reached < 0) losses++;
  });
  const splits = logits.length;
  return {
    splits,
    probability: overfitted / splits,
    logits: Float64Array.from(logits),
    meanLogit: logits.reduce((sum, logit) => sum + logit, 0) / splits,
    probabilityOfLoss: losses / splits,
    inSample: Float64Array.from(inSample),
    outOfSample: Float64Array.from(outOfSample),
    degradation: lineThrough(inSample, outOfSample),
    dominance: dominanceOf({ chosen: outOfSample, lowest, highest }, (tell) =>
      eachHalf(sums, (_, outside) => tell(outside)),
    ),
  };
}
