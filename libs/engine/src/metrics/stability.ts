/** R² of the line through cumulative log returns over time: 1 for steady growth. NaN where nothing moved or all was lost. */
export function stability(returns: Float64Array): number {
  const n = returns.length;
  if (n < 2) return NaN;
  const logs = new Float64Array(n);
  let level = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    level += Math.log1p(returns[i]!);
    logs[i] = level;
    sum += level;
  }
  const meanLog = sum / n;
  const meanTime = (n - 1) / 2;
  let times = 0;
  let levels = 0;
  let both = 0;
  for (let i = 0; i < n; i++) {
    const t = i - meanTime;
    const d = logs[i]! - meanLog;
    times += t * t;
    levels += d * d;
    both += t * d;
  }
  return (both * both) / (times * levels);
}
