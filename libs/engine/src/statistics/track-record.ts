import { normalQuantile } from './normal-quantile.js';
import { type SharpeSample, sharpeVariance } from './sharpe-sample.js';

/**
 * MinTRL: how many observations it takes until a Sharpe ratio like this one is above the benchmark with the given
 * confidence (Bailey and López de Prado 2012). Infinity where the ratio does not reach the benchmark: no length of
 * record will do.
 *
 * @param benchmark a Sharpe ratio per period
 * @param confidence above 0.5 and below 1
 */
export function minimumTrackRecord(sample: SharpeSample, benchmark = 0, confidence = 0.95): number {
  if (!(confidence > 0.5 && confidence < 1)) {
    throw new RangeError(`Confidence is ${confidence}; it must be above 0.5 and below 1.`);
  }
  const excess = sample.sharpe - benchmark;
  if (excess <= 0) return Infinity;
  return 1 + sharpeVariance(sample) * (normalQuantile(confidence) / excess) ** 2;
}
