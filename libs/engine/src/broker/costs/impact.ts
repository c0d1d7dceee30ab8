import type { Bars } from '../../bars.js';

/** No fill is moved by more than this fraction of its price: a model far outside its range would else ask for less than 0. */
const mostImpact = 0.5;

/**
 * Slippage as a fraction of the price after Zipline's `VolumeShareSlippage`: impact * share², the share being that of the
 * order in the volume of the bar it fills in, counted up to `limit` (Zipline's defaults: impact 0.1, limit 0.025).
 * There the limit also cuts the fill and leaves the rest for later bars; here the order fills whole, so an order far above
 * the limit comes off better than it would. Without known volume the share counts as the limit.
 */
export function volumeShareImpact(
  { impact, limit }: { readonly impact: number; readonly limit: number },
  units: number,
  volume: number,
): number {
  const share = volume > 0 ? Math.min(units / volume, limit) : limit;
  return Math.min(mostImpact, impact * share * share);
}

/**
 * Slippage as a fraction of the price after the square-root law of market impact: factor * sigma * sqrt(units / volume)
 * (the form of Barra's model; Almgren, Thum, Hauptmann and Li, "Direct Estimation of Equity Market Impact", 2005, found
 * the power 3/5). Sigma is the standard deviation of log returns and volume the mean volume of the `window` bars before
 * the one the order fills in, or of as many as there are: nothing of the fill's own bar is used. Both grow with the length
 * of a bar such that the impact does not. A factor near 1 is usual. Before three closes are known there is no sigma, and
 * no impact; where no volume is known, the order counts as a whole bar's volume.
 */
export function rootImpact(
  { factor, window }: { readonly factor: number; readonly window: number },
  units: number,
  { close, volume }: Pick<Bars, 'close' | 'volume'>,
  bar: number,
): number {
  const from = Math.max(1, bar - window);
  const count = bar - from;
  if (count < 2) return 0;
  let mean = 0;
  let squares = 0;
  let traded = 0;
  for (let i = from, seen = 1; i < bar; i++, seen++) {
    // Welford's recurrence.
    const value = Math.log(close[i]! / close[i - 1]!);
    const delta = value - mean;
    mean += delta / seen;
    squares += delta * (value - mean);
    traded += volume[i]!;
  }
  const sigma = Math.sqrt(squares / (count - 1));
  const share = traded > 0 ? units / (traded / count) : 1;
  return Math.min(mostImpact, factor * sigma * Math.sqrt(share));
}
