import { orderKinds, type Orders, type Trades } from '../results.js';

/** P&L of trades in units of what they risked at first. */
export interface RMultiples {
  /** Closed trades whose first stop is known. */
  readonly count: number;
  /** NaN where it is known of none. */
  readonly mean: number;
}

const stopKind = orderKinds.indexOf('stop');

/**
 * Van Tharp's R (1998): net P&L over the units times the distance from entry to the protective stop. A trade's stop is
 * known where exactly one stop order on the losing side was placed against it on the bar of its entry; a bracket's is.
 */
export function rMultiples(trades: Trades, orders: Orders): RMultiples {
  const stops = new Map<number, number[]>();
  for (let row = 0; row < orders.length; row++) {
    if (orders.kind[row] !== stopKind) continue;
    const same = stops.get(orders.series[row]!);
    if (same) same.push(row);
    else stops.set(orders.series[row]!, [row]);
  }
  let count = 0;
  let sum = 0;
  if (stops.size > 0) {
    for (let i = 0; i < trades.length; i++) {
      if (trades.open[i] === 1) continue;
      const risk = riskOf(trades, i, orders, stops.get(trades.series[i]!) ?? []);
      if (!(risk > 0)) continue;
      count++;
      sum += trades.pnl[i]! / risk;
    }
  }
  return { count, mean: count > 0 ? sum / count : NaN };
}

/** What a trade stood to lose at its stop, in currency; NaN where that is not known. The stops are those of its series. */
function riskOf(trades: Trades, i: number, orders: Orders, stops: readonly number[]): number {
  const bar = trades.entryBar[i]!;
  const size = trades.size[i]!;
  let distance = NaN;
  for (let at = firstPlacedOn(bar, orders, stops); at < stops.length; at++) {
    const row = stops[at]!;
    if (orders.placedBar[row] !== bar) break;
    if (orders.size[row]! * size > 0) continue;
    const apart = Math.sign(size) * (trades.entryPrice[i]! - orders.stop[row]!);
    if (!(apart > 0) || apart === distance) continue;
    if (distance > 0) return NaN;
    distance = apart;
  }
  return Math.abs(size) * distance;
}

/** Orders of one series stand in order of placing. */
function firstPlacedOn(bar: number, { placedBar }: Orders, stops: readonly number[]): number {
  let low = 0;
  let high = stops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placedBar[stops[middle]!]! < bar) low = middle + 1;
    else high = middle;
  }
  return low;
}
