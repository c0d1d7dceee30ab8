import { momentsOf } from '../moments.js';
import { omega } from '../omega.js';
import { sharpe } from '../sharpe.js';
import { downsideDeviation, sortino } from '../sortino.js';
import { stability } from '../stability.js';
import { meanOf } from '../sum.js';
import { tailRatio, tailsOf } from '../tail-risk.js';
import { drawdownsOfReturns } from '../sampled-drawdowns.js';

/** The statistics of empyrical over returns (NaN where one is missing), number for number, no risk-free rate. */
export function empyricalFigures(values: Float64Array, perYear: number) {
  const returns = values.filter((value) => !Number.isNaN(value));
  const moments = momentsOf(returns);
  const tails = tailsOf(returns);
  const growth = growthOf(returns);
  let deepest = 0;
  for (const fall of drawdownsOfReturns(returns, 1)) deepest = Math.min(deepest, fall);
  // Missing returns are left out of everything but the count of periods, and make the percentile undefined.
  const annual = values.length < 1 ? NaN : growth ** (perYear / values.length) - 1;
  const calmar = annual / Math.abs(deepest);
  return {
    sharpe: values.length < 2 ? NaN : sharpe(moments, perYear),
    sortino: sortino(returns, perYear),
    annualReturn: annual,
    volatility: moments.deviation * Math.sqrt(perYear),
    maxDrawdown: deepest,
    calmar: deepest < 0 && Number.isFinite(calmar) ? calmar : NaN,
    omega: values.length < 2 ? NaN : omega(returns),
    tailRatio: tailRatio(tails),
    stability: stability(returns),
    valueAtRisk95: returns.length < values.length ? NaN : tails.low5,
    conditionalValueAtRisk95: tails.meanOfLow5,
    downsideRisk: downsideDeviation(returns) * Math.sqrt(perYear),
    totalReturn: growth - 1,
  };
}

/** Against a benchmark: beta by population moments, alpha compounded to a year, excess Sharpe of one period. */
export function empyricalAgainst(returns: Float64Array, benchmark: Float64Array, perYear: number) {
  const mean = meanOf(returns);
  const benchmarkMean = meanOf(benchmark);
  let both = 0;
  let theirs = 0;
  let apart = 0;
  for (let i = 0; i < returns.length; i++) {
    const a = returns[i]! - mean;
    const b = benchmark[i]! - benchmarkMean;
    both += a * b;
    theirs += b * b;
    apart += (a - b) * (a - b);
  }
  const beta = returns.length < 2 ? NaN : both / theirs;
  return {
    beta,
    alpha: (1 + (mean - beta * benchmarkMean)) ** perYear - 1,
    excessSharpe: (mean - benchmarkMean) / Math.sqrt(apart / (returns.length - 1)),
  };
}

function growthOf(returns: Float64Array): number {
  let growth = 1;
  for (let i = 0; i < returns.length; i++) growth *= 1 + returns[i]!;
  return growth;
}
