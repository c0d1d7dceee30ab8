/**
 * Drawdown after each return, 0 or less, of an account that starts at 1. `baseline` is the first peak: 1 for the account's
 * own start; quantstats guesses one.
 */
export function drawdownsOfReturns(returns: Float64Array, baseline: number): Float64Array {
  const drawdowns = new Float64Array(returns.length);
  let level = 1;
  let peak = baseline;
  for (let i = 0; i < returns.length; i++) {
    level *= 1 + returns[i]!;
    if (level > peak) peak = level;
    drawdowns[i] = level / peak - 1;
  }
  return drawdowns;
}

/** Root of the sum of squares over n - 1, as quantstats ulcer_index. */
export function ulcerIndexOf(drawdowns: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < drawdowns.length; i++) squares += drawdowns[i]! * drawdowns[i]!;
  return Math.sqrt(squares / (drawdowns.length - 1));
}
