import type { Bars } from './bars.js';

/**
 * Bars with other prices: open, high, low, close and volume of all bars, one column after the other. Further columns and
 * corporate actions belong to the prices that were, and are left out.
 */
export function withPrices(bars: Bars, prices: Float64Array): Bars {
  const { length } = bars;
  const column = (index: number): Float64Array => prices.subarray(index * length, (index + 1) * length);
  return {
    ...bars,
    ...{ open: column(0), high: column(1), low: column(2), close: column(3), volume: column(4) },
    extra: {},
    actions: undefined,
  };
}
