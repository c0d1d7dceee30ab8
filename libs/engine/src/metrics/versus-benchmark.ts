import { meanOf } from './sum.js';

/** How a strategy's returns went with a benchmark's over the same periods. */
export interface VersusBenchmark {
  /** Covariance over the benchmark's variance. */
  readonly beta: number;
  /** Jensen's alpha with no risk-free rate: mean less beta times the benchmark's mean, times periods a year. */
  readonly alpha: number;
  readonly correlation: number;
  /** Mean over deviation (ddof 1) of the differences, annualised. */
  readonly informationRatio: number;
}

export function versusBenchmark(returns: Float64Array, benchmark: Float64Array, perYear: number): VersusBenchmark {
  const n = returns.length;
  if (n < 2) return { beta: NaN, alpha: NaN, correlation: NaN, informationRatio: NaN };
  const mean = meanOf(returns);
  const benchmarkMean = meanOf(benchmark);
  let own = 0;
  let theirs = 0;
  let both = 0;
  let apart = 0;
  for (let i = 0; i < n; i++) {
    const a = returns[i]! - mean;
    const b = benchmark[i]! - benchmarkMean;
    own += a * a;
    theirs += b * b;
    both += a * b;
    apart += (a - b) ** 2;
  }
  const beta = both / theirs;
  return {
    beta,
    alpha: (mean - beta * benchmarkMean) * perYear,
    correlation: both / Math.sqrt(own * theirs),
    informationRatio: ((mean - benchmarkMean) / Math.sqrt(apart / (n - 1))) * Math.sqrt(perYear),
  };
}
