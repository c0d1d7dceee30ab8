import { meanOf } from './sum.js';

/** How a strategy's returns went with a benchmark's over the same periods. */
export interface VersusBenchmark {
  /** Covariance over the benchmark's variance. */
  readonly beta: number;
  /** Jensen's alpha with no risk-free rate: mean less beta times the benchmark's mean, times periods a year. */
  readonly alpha: number;
  readonly correlation: number;
  /** Deviation (ddof 1) of the differences, annualised. */
  readonly trackingError: number;
  /** Mean over deviation of the differences, annualised. */
  readonly informationRatio: number;
  /** Mean return over the benchmark's, in periods in which the benchmark rose, and in those in which it fell. */
  readonly upCapture: number;
  readonly downCapture: number;
}

export function versusBenchmark(returns: Float64Array, benchmark: Float64Array, perYear: number): VersusBenchmark {
  const n = returns.length;
  const mean = meanOf(returns);
  const benchmarkMean = meanOf(benchmark);
  let own = 0;
  let theirs = 0;
  let both = 0;
  let apart = 0;
  let up = 0;
  let theirUp = 0;
  let down = 0;
  let theirDown = 0;
  for (let i = 0; i < n; i++) {
    const r = returns[i]!;
    const market = benchmark[i]!;
    const a = r - mean;
    const b = market - benchmarkMean;
    own += a * a;
    theirs += b * b;
    both += a * b;
    apart += (a - b) * (a - b);
    if (market > 0) {
      up += r;
      theirUp += market;
    } else if (market < 0) {
      down += r;
      theirDown += market;
    }
  }
  const beta = n > 1 ? both / theirs : NaN;
  const deviation = n > 1 ? Math.sqrt(apart / (n - 1)) : NaN;
  return {
    beta,
    alpha: (mean - beta * benchmarkMean) * perYear,
    correlation: n > 1 ? both / Math.sqrt(own * theirs) : NaN,
    trackingError: deviation * Math.sqrt(perYear),
    informationRatio: ((mean - benchmarkMean) / deviation) * Math.sqrt(perYear),
    upCapture: up / (theirUp || NaN),
    downCapture: down / (theirDown || NaN),
  };
}
