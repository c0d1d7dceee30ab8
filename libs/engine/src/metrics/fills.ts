import { splitGrowth } from '../actions/growth.js';
import type { Bars } from '../bars.js';
import type { BacktestResult } from '../results.js';

/** One execution. Units are negative for a sale. */
export interface Fill {
  /** Index into the run's list of series. */
  readonly series: number;
  readonly bar: number;
  readonly units: number;
  readonly price: number;
  readonly commission: number;
}

/** The fills of a run in the order in which they happened, in terms of their series' first bars' units: a split then is no fill. */
export function fillsOf({ fills, orders }: Pick<BacktestResult, 'fills' | 'orders'>, bars: readonly Bars[]): Fill[] {
  const growths = bars.map(splitGrowth);
  return Array.from({ length: fills.length }, (_, row) => {
    const series = orders.series[fills.order[row]!]!;
    const bar = fills.bar[row]!;
    const growth = growths[series]?.[bar] ?? 1;
    const units = fills.units[row]! / growth;
    return { series, bar, units, price: fills.price[row]! * growth, commission: fills.commission[row]! };
  });
}
