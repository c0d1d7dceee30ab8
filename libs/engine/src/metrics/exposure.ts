/** How much of the account was at work, over all bars. */
export interface ExposureSummary {
  /** Share of bars that closed with a position. */
  readonly timeInMarket: number;
  /** Mean of |position value| over equity. */
  readonly gross: number;
  /** Mean of position value over equity, shorts negative. */
  readonly net: number;
}

export function summariseExposure(exposure: Float64Array): ExposureSummary {
  const bars = exposure.length;
  let held = 0;
  let gross = 0;
  let net = 0;
  for (let i = 0; i < bars; i++) {
    const share = exposure[i]!;
    if (share === 0) continue;
    held++;
    gross += Math.abs(share);
    net += share;
  }
  return { timeInMarket: held / bars, gross: gross / bars, net: net / bars };
}
