import { meanOf } from './sum.js';

/** Figures over a window that moves through the returns; index i ends with return i + window - 1. */
export interface RollingFigures {
  readonly window: number;
  /** Annualised; NaN where nothing varied. */
  readonly sharpe: Float64Array;
  readonly volatility: Float64Array;
  /** Against the benchmark; null without one. */
  readonly beta: Float64Array | null;
}

/** Half a year of periods, 126 of 252 as is usual, yet 12 at least. */
export function rollingWindow(perYear: number): number {
  return Math.max(12, Math.round(perYear / 2));
}

/**
 * Sharpe ratio, volatility and beta (ddof 1) over each window of returns, from running sums about the mean of all returns.
 * Empty where there are fewer returns than the window is long.
 */
export function rollingFigures(
  returns: Float64Array,
  benchmark: Float64Array | null,
  window: number,
  perYear: number,
): RollingFigures {
  const count = Math.max(0, returns.length - window + 1);
  const scale = Math.sqrt(perYear);
  const sharpe = new Float64Array(count);
  const volatility = new Float64Array(count);
  const beta = benchmark && new Float64Array(count);
  const centre = meanOf(returns);
  const theirCentre = benchmark ? meanOf(benchmark) : 0;
  let sum = 0;
  let squares = 0;
  let theirSum = 0;
  let theirSquares = 0;
  let products = 0;
  for (let i = 0; i < returns.length; i++) {
    const add = returns[i]! - centre;
    const drop = i < window ? 0 : returns[i - window]! - centre;
    sum += add - drop;
    squares += add * add - drop * drop;
    if (benchmark) {
      const theirAdd = benchmark[i]! - theirCentre;
      const theirDrop = i < window ? 0 : benchmark[i - window]! - theirCentre;
      theirSum += theirAdd - theirDrop;
      theirSquares += theirAdd * theirAdd - theirDrop * theirDrop;
      products += add * theirAdd - drop * theirDrop;
    }
    const at = i - window + 1;
    if (at < 0) continue;
    const variation = squares - (sum * sum) / window;
    // What running sums leave of a window in which nothing varied is rounding, not risk.
    const deviation = variation > 1e-14 * squares ? Math.sqrt(variation / (window - 1)) : 0;
    volatility[at] = deviation * scale;
    sharpe[at] = deviation > 0 ? ((sum / window + centre) / deviation) * scale : NaN;
    if (beta) {
      const theirVariation = theirSquares - (theirSum * theirSum) / window;
      beta[at] = theirVariation > 1e-14 * theirSquares ? (products - (sum * theirSum) / window) / theirVariation : NaN;
    }
  }
  return { window, sharpe, volatility, beta };
}
