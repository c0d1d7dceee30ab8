import { momentsOf } from '../moments.js';
import { normalCdf } from '../../statistics/normal-cdf.js';
import { omega } from '../omega.js';
import { quantile } from '../selection.js';
import { ulcerIndexOf } from '../sampled-drawdowns.js';
import { autocorrelationPenalty } from '../smart-sharpe.js';
import { downsideDeviation } from '../sortino.js';
import { meanOf, sumOf } from '../sum.js';
import { meanBeyondNormalVaR, normalVaR } from '../tail-risk.js';
import { drawdownsInQuantstats } from './quantstats-drawdowns.js';
import { preparedReturns } from './quantstats-input.js';
import { winsAndLosses } from './wins-and-losses.js';

/**
 * The statistics of quantstats 0.0.78 over returns (NaN where one is missing), number for number, no risk-free rate.
 * Its slips are kept: `profitRatio` divides means by counts, the probabilistic Sharpe ratio takes 3 from a kurtosis that is
 * an excess already, the recovery factor adds returns up, the time in market is rounded up to whole percent.
 */
export function quantstatsFigures(values: Float64Array, perYear: number) {
  const returns = preparedReturns(values);
  const present = values.filter((value) => !Number.isNaN(value));
  const n = returns.length;
  const scale = Math.sqrt(perYear);
  const moments = momentsOf(returns);
  const raw = momentsOf(present);
  const total = compounded(returns);
  const penalty = autocorrelationPenalty(returns);
  const drawdowns = drawdownsInQuantstats(returns);
  const { deepest } = drawdowns;
  const ulcer = ulcerIndexOf(drawdowns.series);
  const sharpe = (moments.mean / moments.deviation) * scale;
  const sortino = (moments.mean / (downsideDeviation(returns) || NaN)) * scale;
  const cagr = Math.abs(1 + total) ** (perYear / n) - 1;
  const bars = winsAndLosses(returns);
  const payoff = bars.meanWin / Math.abs(bars.meanLoss);
  const low5 = quantile(Float64Array.from(returns), 0.05);
  const tail = low5 === 0 ? NaN : Math.abs(quantile(Float64Array.from(returns), 0.95) / low5);
  const pitfall = ulcer * (-meanBeyondNormalVaR(drawdowns.series) / (raw.deviation || NaN));
  return {
    sharpe,
    sortino,
    adjustedSortino: sortino / Math.SQRT2,
    smartSharpe: sharpe / penalty,
    smartSortino: sortino / penalty,
    cagr,
    volatility: moments.deviation * scale,
    maxDrawdown: deepest,
    calmar: cagr / Math.abs(deepest),
    omega: n < 2 ? NaN : omega(returns),
    ulcerIndex: ulcer,
    ulcerPerformanceIndex: compounded(present) / (ulcer || NaN),
    serenityIndex: sumOf(present) / (pitfall || NaN),
    tailRatio: tail,
    gainToPain: sumOf(returns) / (bars.lost || NaN),
    kelly: (payoff * bars.winRate - (1 - bars.winRate)) / (payoff || NaN),
    winRate: bars.winRate,
    averageWin: bars.meanWin,
    averageLoss: bars.meanLoss,
    payoffRatio: payoff,
    profitFactor: bars.profitFactor,
    profitRatio: bars.profitRatio,
    valueAtRisk95: normalVaR(moments),
    conditionalValueAtRisk95: meanBeyondNormalVaR(returns),
    skewness: moments.skewness,
    kurtosis: moments.excessKurtosis,
    recoveryFactor: Math.abs(sumOf(returns)) / (Math.abs(deepest) || NaN),
    timeInMarket: Math.ceil((bars.moved / n) * 100) / 100,
    probabilisticSharpe: probabilisticSharpe(moments.mean / moments.deviation, raw.skewness, raw.excessKurtosis, n),
    riskOfRuin: ((1 - bars.winRate) / (1 + bars.winRate)) ** n,
    commonSenseRatio: bars.profitFactor * tail,
    cpcIndex: bars.profitFactor * bars.winRate * payoff,
    expectedReturn: (1 + total) ** (1 / n) - 1,
    longestWinStreak: bars.longestWinStreak,
    longestLossStreak: bars.longestLossStreak,
    outlierWinRatio: quantile(Float64Array.from(returns), 0.99) / (bars.meanNotLost || NaN),
    outlierLossRatio: quantile(Float64Array.from(returns), 0.01) / (bars.meanLoss || NaN),
    autocorrelationPenalty: autocorrelationPenalty(values),
    totalReturn: total,
    bestPeriod: quantile(Float64Array.from(returns), 1),
    worstPeriod: quantile(Float64Array.from(returns), 0),
  };
}

/** Against a benchmark: beta by sample moments, alpha times periods a year, an information ratio of one period. */
export function quantstatsAgainst(returns: Float64Array, benchmark: Float64Array, perYear: number) {
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
  const beta = both / theirs;
  const deviation = Math.sqrt(apart / (returns.length - 1));
  return {
    beta,
    alpha: (mean - beta * benchmarkMean) * perYear,
    informationRatio: deviation === 0 ? 0 : (mean - benchmarkMean) / deviation,
  };
}

export function compounded(returns: Float64Array): number {
  let growth = 1;
  for (let i = 0; i < returns.length; i++) growth *= 1 + returns[i]!;
  return growth - 1;
}

/** Of a Sharpe ratio above 0, with the excess kurtosis less 3 where Bailey and Lopez de Prado (2012) have the raw less 1. */
function probabilisticSharpe(ratio: number, skewness: number, excess: number, n: number): number {
  const variance = (1 + 0.5 * ratio ** 2 - skewness * ratio + ((excess - 3) / 4) * ratio ** 2) / (n - 1);
  return normalCdf(ratio / Math.sqrt(variance));
}
