/** The rate of the last tier whose `from` was reached. Tiers stand in rising order. */
export function tierAt(tiers: readonly { readonly from: number; readonly rate: number }[], traded: number): number {
  let rate = 0;
  for (let i = 0; i < tiers.length && tiers[i]!.from <= traded; i++) rate = tiers[i]!.rate;
  return rate;
}
