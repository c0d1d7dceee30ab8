/**
 * The standard normal distribution function, to about 15 digits: Marsaglia's series (Journal of Statistical Software 11,
 * 2004), and in the lower tail, where that cancels, the continued fraction of Mills' ratio.
 */
export function normalCdf(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? NaN : x > 0 ? 1 : 0;
  if (x > 5) return 1 - normalCdf(-x);
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (x < -5) {
    let ratio = -x;
    for (let k = 60; k >= 1; k--) ratio = -x + k / ratio;
    return density / ratio;
  }
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + density * sum;
}
