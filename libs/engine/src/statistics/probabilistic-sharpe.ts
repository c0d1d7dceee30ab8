import { normalCdf } from './normal-cdf.js';
import { type SharpeSample, sharpeVariance } from './sharpe-sample.js';

/**
 * PSR: the probability that the true Sharpe ratio is above a benchmark, given a sample's length, skewness and raw
 * kurtosis (Bailey and López de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15, 2012).
 *
 * @param benchmark a Sharpe ratio per period, as the sample's own; not annualised
 */
export function probabilisticSharpe(sample: SharpeSample, benchmark = 0): number {
  const excess = sample.sharpe - benchmark;
  return normalCdf((excess * Math.sqrt(sample.observations - 1)) / Math.sqrt(sharpeVariance(sample)));
}
