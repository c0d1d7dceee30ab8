import { totalGrowth } from './actions/growth.js';
import { barsOf, type BarSeries, barSeriesFrom, clockOf, runOf } from './bar-series.js';

/**
 * The same bars with the splits and dividends that the run carries out taken out of their prices, to build indicators on:
 * every price times what one unit of the first bar has become by then, dividends reinvested. The first bars are as they
 * were traded, later ones stand as if nothing had been split or paid. That needs the past alone, unlike the adjusted
 * closes of vendors, which know all that came later; returns and crossings are the same as on those. Volume is in units of
 * the first bar. Orders take the prices of the bars themselves: `bars.close`, not these. Where prices are adjusted already,
 * or nobody said what they are, the bars as they are.
 *
 * @example
 * init: ({ bars }) => ({ average: sma(adjusted(bars).close, 200) })
 */
export function adjusted(bars: BarSeries): BarSeries {
  const raw = barsOf(bars);
  const growth = totalGrowth(raw);
  if (!growth) return bars;
  const price = (column: Float64Array) => column.map((value, bar) => value * growth[bar]!);
  const made = {
    ...raw,
    ...{ open: price(raw.open), high: price(raw.high), low: price(raw.low), close: price(raw.close) },
    volume: raw.volume.map((value, bar) => value / growth[bar]!),
    actions: undefined,
  };
  return barSeriesFrom(made, clockOf(bars), runOf(bars));
}
