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
 * for their price, and those at the close behind them; then in order of placing.
 */
export function fillsOf(orders: Orders, fill: FillModel): Fill[] {
  const rows: number[] = [];
  for (let row = 0; row < orders.length; row++) if (orders.state[row] === filled) rows.push(row);
  const isMarket = (row: number): number => Number(orders.kind[row] === market);
  const first = fill === 'next-open' ? 1 : -1;
  rows.sort((a, b) => orders.endBar[a]! - orders.endBar[b]! || first * (isMarket(b) - isMarket(a)) || a - b);
  return rows.map((row) => ({
    series: orders.series[row]!,
    bar: orders.endBar[row]!,
    units: orders.size[row]!,
    price: orders.fillPrice[row]!,
    commission: orders.commission[row]!,
  }));
}
