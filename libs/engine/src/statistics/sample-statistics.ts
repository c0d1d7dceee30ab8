/** Mean over sample deviation (ddof 1) of returns, per period. NaN where nothing varies. */
export function sharpeOf(returns: Float64Array): number {
  const n = returns.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += returns[i]!;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (returns[i]! - mean) * (returns[i]! - mean);
  return squares > 0 ? mean / Math.sqrt(squares / (n - 1)) : NaN;
}

/** What was won over what was lost, of trades' P&L or of returns. NaN where nothing was lost. */
export function profitFactorOf(gains: Float64Array): number {
  let won = 0;
  let lost = 0;
  for (const gain of gains) {
    if (gain > 0) won += gain;
    else lost -= gain;
  }
  return lost > 0 ? won / lost : NaN;
}

/**
 * The deepest fall from a peak of compounded returns, as a fraction of that peak; the start counts as one. It is a
 * figure of a path of this length: a longer one falls deeper, so an interval for it holds for this length alone.
 */
export function maxDrawdownOf(returns: Float64Array): number {
  let level = 1;
  let peak = 1;
  let least = 1;
  for (const r of returns) {
    level *= 1 + r;
    if (level > peak) peak = level;
    else if (level < least * peak) least = level / peak;
  }
  return 1 - least;
}
