/** How much of the account was at work, over all bars. */
export interface ExposureSummary {
  /** Share of bars that closed with a position. */
  readonly timeInMarket: number;
  /** Mean of |position value| over equity. */
  readonly gross: number;
  /** Mean of position value over equity, shorts negative. */
  readonly net: number;
}

/** Sums in two lanes: a sum waits for the one before it, and two of them wait at the same time. */
export function summariseExposure(exposure: Float64Array): ExposureSummary {
  const bars = exposure.length;
  let held = 0;
  let gross = 0;
  let net = 0;
  let oddGross = 0;
  let oddNet = 0;
  for (let i = 0; i < bars; i += 2) {
    const even = exposure[i]!;
    const odd = i + 1 < bars ? exposure[i + 1]! : 0;
    if (even !== 0) held++;
    if (odd !== 0) held++;
    gross += Math.abs(even);
    net += even;
    oddGross += Math.abs(odd);
    oddNet += odd;
  }
  return { timeInMarket: held / bars, gross: (gross + oddGross) / bars, net: (net + oddNet) / bars };
}
