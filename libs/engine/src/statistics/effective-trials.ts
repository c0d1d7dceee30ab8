import { averageLinkage } from './average-linkage.js';
import { correlationMatrix } from './correlation.js';

/** Trials whose returns go together are one trial. */
export interface EffectiveTrials {
  /** How many clusters of trials there are: between 1 and the number of trials. */
  readonly count: number;
  /** The cluster of each trial, from 0. */
  readonly clusters: Int32Array;
}

/**
 * How many independent trials a set of trials amounts to: the number of clusters of their returns, since ten neighbours
 * of one parameter set are hardly ten tries. López de Prado and Lewis (Quantitative Finance 19, 2019) ask for clusters
 * of correlations; theirs come from k-means with silhouettes, which cannot tell one cluster and finds a random number
 * in noise. Ours join by average linkage while the mean correlation between two clusters is at least `together`: n
 * unrelated trials count n, n copies count 1, and no start is drawn.
 *
 * @param trialReturns returns per period of every trial, over the same periods
 * @param together the mean correlation from which on two clusters are one, above 0 and at most 1
 */
export function effectiveTrials(trialReturns: readonly Float64Array[], together = 0.5): EffectiveTrials {
  if (!(together > 0 && together <= 1)) {
    throw new RangeError(`Trials join at a correlation of ${together}; it must be above 0 and at most 1.`);
  }
  const distances = correlationMatrix(trialReturns).map((correlation) => 1 - correlation);
  // A correlation of copies may miss 1 by a bit.
  const clusters = averageLinkage(distances, trialReturns.length, 1 - together + 1e-12);
  return { count: clusters.reduce((most, cluster) => Math.max(most, cluster + 1), 0), clusters };
}
