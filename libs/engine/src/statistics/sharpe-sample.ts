import { momentsOf } from '../metrics/moments.js';

/** What is to be known of a sample of returns to judge its Sharpe ratio. */
export interface SharpeSample {
  /** Mean over sample deviation (ddof 1) of returns per period, not annualised, the risk-free rate taken off before. */
  readonly sharpe: number;
  readonly observations: number;
  /** Adjusted Fisher-Pearson skewness G1. */
  readonly skewness: number;
  /** Raw kurtosis, G2 + 3: 3 for a normal. */
  readonly kurtosis: number;
}

/** The Sharpe ratio of excess returns per period, and their shape. Its ratio is NaN where nothing varies. */
export function sharpeSampleOf(returns: Float64Array): SharpeSample {
  const { count, mean, deviation, skewness, excessKurtosis } = momentsOf(returns);
  return {
    sharpe: deviation > 0 ? mean / deviation : NaN,
    observations: count,
    skewness,
    kurtosis: excessKurtosis + 3,
  };
}

/**
 * How much skewness and fat tails widen the sampling variance of a Sharpe ratio: 1 - γ3 SR + ((γ4 - 1) / 4) SR², with
 * raw kurtosis γ4 (Mertens 2002; Bailey and López de Prado, Journal of Risk 15, 2012).
 */
export function sharpeVariance({ sharpe, skewness, kurtosis }: SharpeSample): number {
  return 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
}
