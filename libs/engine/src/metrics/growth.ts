const microsecondsPerYear = 365.25 * 86_400e6;

/** What 1 became: the product of 1 + r, less 1. */
export function compounded(returns: Float64Array): number {
  let growth = 1;
  for (let i = 0; i < returns.length; i++) growth *= 1 + returns[i]!;
  return growth - 1;
}

/** Geometric annual return: (1 + total) to the power of periods a year over the number of returns, less 1; -1 once wiped out. */
export function annualReturn(returns: Float64Array, perYear: number): number {
  const growth = 1 + compounded(returns);
  return growth <= 0 ? -1 : growth ** (perYear / returns.length) - 1;
}

/**
 * Compound annual growth rate over calendar years of 365.25 days. `from` and `to` in µs.
 * -1 where everything was lost; NaN where no time passed.
 */
export function cagr(growth: number, from: number, to: number): number {
  const years = (to - from) / microsecondsPerYear;
  if (!(years > 0)) return NaN;
  return growth <= 0 ? -1 : growth ** (1 / years) - 1;
}
