/**
 * Returns as quantstats 0.0.78 takes them: a missing one counts as 0, and a series that is never negative and somewhere
 * above 1 is taken for prices, whose changes are used instead, the first of them 0.
 */
export function preparedReturns(values: Float64Array): Float64Array {
  const { least, greatest } = extent(values);
  if (!(least >= 0 && greatest > 1)) return values.map((value) => (Number.isFinite(value) ? value : 0));
  return values.map((value, i) => {
    const change = i === 0 ? 0 : value / values[i - 1]! - 1;
    return Number.isFinite(change) ? change : 0;
  });
}

/** Whether quantstats rebuilds prices from these values: it does where one is negative or all are below 1. */
export function areTakenForReturns(values: Float64Array): boolean {
  const { least, greatest } = extent(values);
  return least < 0 || greatest < 1;
}

/**
 * The peak that quantstats puts before the first price so that a first loss counts. It guesses from that price: 100,000
 * above 1,000, 100 above 10, else 1.
 */
export function baselineOf(firstPrice: number): number {
  if (firstPrice > 1000) return 100_000;
  return firstPrice > 10 ? 100 : 1;
}

function extent(values: Float64Array): { least: number; greatest: number } {
  let least = NaN;
  let greatest = NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!(value >= least)) least = value;
    if (!(value <= greatest)) greatest = value;
  }
  return { least, greatest };
}
