import type { PriceColumns } from './outliers.js';

export interface BarFindings {
  readonly ohlcViolations: number;
  readonly nonPositivePrices: number;
  readonly zeroVolume: number;
}

/** Counts bars whose high is not the highest or low not the lowest, that hold a price of zero or less, and that traded nothing. */
export function checkBars({ open, high, low, close, volume }: PriceColumns): BarFindings {
  let ohlcViolations = 0;
  let nonPositivePrices = 0;
  let zeroVolume = 0;
  for (let i = 0; i < close.length; i++) {
    const o = open[i]!;
    const h = high[i]!;
    const l = low[i]!;
    const c = close[i]!;
    if (h < o || h < c || h < l || l > o || l > c) ohlcViolations++;
    if (o <= 0 || h <= 0 || l <= 0 || c <= 0) nonPositivePrices++;
    if (volume[i] === 0) zeroVolume++;
  }
  return { ohlcViolations, nonPositivePrices, zeroVolume };
}
