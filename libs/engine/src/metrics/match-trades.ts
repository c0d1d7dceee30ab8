import type { Fill } from './fills.js';

/** Which fill of a position is closed first: the oldest or the newest. */
export type MatchingOrder = 'fifo' | 'lifo';

/**
 * What counts as one trade. `fill-to-fill`: each pair of an opening and a closing fill. `flat-to-flat`: all between two
 * moments without a position. `flat-to-reduced`: all that one reducing fill closes.
 */
export type MatchingGroup = 'fill-to-fill' | 'flat-to-flat' | 'flat-to-reduced';

/** A round trip as one way of matching sees it. */
export interface MatchedTrade {
  readonly series: number;
  /** Units closed, negative for a short. */
  readonly size: number;
  readonly entryBar: number;
  readonly exitBar: number;
  /** Means over the fills, weighted by units. */
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Of both sides, shared by units. */
  readonly commission: number;
  /** Net, in currency. */
  readonly pnl: number;
}

interface OpenLot {
  readonly bar: number;
  readonly price: number;
  /** Commission of one unit. */
  readonly fee: number;
  units: number;
}

/**
 * The round trips that a run's fills make up, in order of exit; what is still held at the end is in none of them. After the
 * six ways of Lean's TradeBuilder (grouping x matching). The net result of all trades is the same each way where the run
 * ends without a position; counts, win rates and means are not.
 *
 * @param fills in the order in which they happened
 */
export function matchTrades(fills: readonly Fill[], order: MatchingOrder, group: MatchingGroup): MatchedTrade[] {
  const positions = new Map<number, Position>();
  const trades: MatchedTrade[] = [];
  for (const fill of fills) {
    let position = positions.get(fill.series);
    if (!position) positions.set(fill.series, (position = new Position(fill.series, order, group)));
    position.take(fill, trades);
  }
  return trades;
}

/** What is held of one series, and the trade that it is part of. */
class Position {
  readonly #series: number;
  readonly #order: MatchingOrder;
  readonly #group: MatchingGroup;
  #lots: OpenLot[] = [];
  #side = 0;
  #closed: MatchedTrade[] = [];

  constructor(series: number, order: MatchingOrder, group: MatchingGroup) {
    this.#series = series;
    this.#order = order;
    this.#group = group;
  }

  take(fill: Fill, trades: MatchedTrade[]): void {
    const side = Math.sign(fill.units);
    const fee = fill.commission / Math.abs(fill.units);
    let left = Math.abs(fill.units);
    if (this.#side === -side) left = this.#close(fill, left, fee, trades);
    // What rounding leaves of a reversal opens nothing.
    if (left <= Math.abs(fill.units) * 1e-12) return;
    this.#lots.push({ bar: fill.bar, price: fill.price, fee, units: left });
    this.#side = side;
  }

  /** Answers the units that nothing was left to close with. */
  #close(fill: Fill, units: number, fee: number, trades: MatchedTrade[]): number {
    const pairs: MatchedTrade[] = [];
    let left = units;
    while (left > units * 1e-12 && this.#lots.length > 0) {
      const lot = this.#order === 'fifo' ? this.#lots[0]! : this.#lots.at(-1)!;
      const part = left >= lot.units * (1 - 1e-12) ? lot.units : left;
      pairs.push(this.#pair(lot, fill, part, fee));
      lot.units -= part;
      left -= part;
      if (lot.units === 0) this.#drop();
    }
    this.#book(pairs, trades);
    if (this.#lots.length === 0) this.#side = 0;
    return left;
  }

  #drop(): void {
    if (this.#order === 'fifo') this.#lots.shift();
    else this.#lots.pop();
  }

  #pair(lot: OpenLot, fill: Fill, units: number, fee: number): MatchedTrade {
    const size = this.#side * units;
    const commission = units * (lot.fee + fee);
    return {
      series: this.#series,
      size,
      entryBar: lot.bar,
      exitBar: fill.bar,
      entryPrice: lot.price,
      exitPrice: fill.price,
      commission,
      pnl: size * (fill.price - lot.price) - commission,
    };
  }

  #book(pairs: readonly MatchedTrade[], trades: MatchedTrade[]): void {
    if (this.#group === 'fill-to-fill') for (const pair of pairs) trades.push(pair);
    else if (this.#group === 'flat-to-reduced') trades.push(merged(pairs));
    else {
      for (const pair of pairs) this.#closed.push(pair);
      if (this.#lots.length > 0) return;
      trades.push(merged(this.#closed));
      this.#closed.length = 0;
    }
  }
}

/** Several pairs as one trade. */
function merged(pairs: readonly MatchedTrade[]): MatchedTrade {
  if (pairs.length === 1) return pairs[0]!;
  const sum = (value: (pair: MatchedTrade) => number): number => pairs.reduce((total, pair) => total + value(pair), 0);
  const size = sum((pair) => pair.size);
  return {
    series: pairs[0]!.series,
    size,
    entryBar: pairs.reduce((first, { entryBar }) => Math.min(first, entryBar), Infinity),
    exitBar: pairs.at(-1)!.exitBar,
    entryPrice: sum((pair) => pair.size * pair.entryPrice) / size,
    exitPrice: sum((pair) => pair.size * pair.exitPrice) / size,
    commission: sum(({ commission }) => commission),
    pnl: sum(({ pnl }) => pnl),
  };
}
