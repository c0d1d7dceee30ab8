import { splitGrowth } from '../actions/growth.js';
import type { Bars } from '../bars.js';
import { orderKinds, orderStates, type Orders } from '../results.js';
import type { FillModel } from '../settings.js';

/** One execution. Units are negative for a sale. */
export interface Fill {
  /** Index into the run's list of series. */
  readonly series: number;
  readonly bar: number;
  readonly units: number;
  readonly price: number;
  readonly commission: number;
}

const filled = orderStates.indexOf('filled');
const market = orderKinds.indexOf('market');

/**
 * The fills of a run in the order in which they happened: by bar; within one, orders at the open before those that waited
 * for their price, and those at the close behind them; then in order of placing. With the run's series given, in terms of their first bars' units: a split then is no fill.
 */
export function fillsOf(orders: Orders, fill: FillModel, bars: readonly Bars[] = []): Fill[] {
  const growths = bars.map(splitGrowth);
  const rows: number[] = [];
  for (let row = 0; row < orders.length; row++) if (orders.state[row] === filled) rows.push(row);
  const isMarket = (row: number): number => Number(orders.kind[row] === market);
  const first = fill === 'next-open' ? 1 : -1;
  rows.sort((a, b) => orders.endBar[a]! - orders.endBar[b]! || first * (isMarket(b) - isMarket(a)) || a - b);
  return rows.map((row) => {
    const series = orders.series[row]!;
    const bar = orders.endBar[row]!;
    const growth = growths[series]?.[bar] ?? 1;
    const units = orders.size[row]! / growth;
    return { series, bar, units, price: orders.fillPrice[row]! * growth, commission: orders.commission[row]! };
  });
}
