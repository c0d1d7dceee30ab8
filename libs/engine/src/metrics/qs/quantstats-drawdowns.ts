import { areTakenForReturns, baselineOf } from './quantstats-input.js';

/**
 * Drawdown after each return, 0 or less, and the deepest. quantstats rebuilds prices from returns, from 1 on, and puts a
 * peak of its own before them; values that it takes for prices are used as they are.
 */
export function drawdownsInQuantstats(returns: Float64Array): { series: Float64Array; deepest: number } {
  const rebuild = areTakenForReturns(returns);
  const series = new Float64Array(returns.length);
  let level = 1;
  let peak = -Infinity;
  let deepest = 0;
  for (let i = 0; i < returns.length; i++) {
    level = rebuild ? level * (1 + returns[i]!) : returns[i]!;
    if (i === 0) peak = baselineOf(level);
    if (level > peak) peak = level;
    const fall = level / peak - 1;
    series[i] = Number.isFinite(fall) ? fall : 0;
    if (fall < deepest) deepest = fall;
  }
  return { series, deepest };
}
