/** How much of the account was at work, over all bars. */
export interface ExposureSummary {
  /** Share of bars that closed with a position. */
  readonly timeInMarket: number;
  /** Mean of |position value| over equity. */
  readonly gross: number;
  /** Mean of position value over equity, shorts negative. */
  readonly net: number;
  /** The largest |position value| over equity of any close: the leverage that was used. */
  readonly largest: number;
}

/** Sums in two lanes: a sum waits for the one before it, and two of them wait at the same time. */
export function summariseExposure(exposure: Float64Array): ExposureSummary {
  const bars = exposure.length;
  let flat = 0;
  let gross = 0;
  let net = 0;
  let oddGross = 0;
  let oddNet = 0;
  let largest = 0;
  for (let i = 0; i < bars; i += 2) {
    const even = exposure[i]!;
    const odd = i + 1 < bars ? exposure[i + 1]! : 0;
    flat += Number(even === 0) + Number(odd === 0);
    const a = Math.abs(even);
    const b = Math.abs(odd);
    largest = Math.max(largest, a, b);
    gross += a;
    net += even;
    oddGross += b;
    oddNet += odd;
  }
  const held = bars + (bars & 1) - flat;
  return { timeInMarket: held / bars, gross: (gross + oddGross) / bars, net: (net + oddNet) / bars, largest };
}
