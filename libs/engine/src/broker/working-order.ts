import type { Lot } from './holding.js';
import { noPrices, type OrderPrices, type OrderTicket } from './order-ticket.js';

// Indices into `orderKinds`.
export const market = 0;
export const limit = 1;
export const stop = 2;
export const stopLimit = 3;

export interface WorkingPrices extends OrderPrices {
  /** The limit in terms of the bars' prices: where they stand when the other side of the spread is at the limit. */
  readonly reach: number;
}

const plain: WorkingPrices = { ...noPrices, reach: NaN };

/** An order while the broker works on it. */
export class WorkingOrder {
  /** Row in the order table; -1 where none is kept. */
  id = -1;
  readonly series: number;
  readonly side: number;
  readonly kind: number;
  /** Units; 0 where `share` decides when the order fills. A stop loss or take profit follows its lot. */
  units: number;
  /** Share of the free buying power, or, in a closing order, of the position; 0 where `units` is given. */
  readonly share: number;
  readonly prices: WorkingPrices;
  readonly tag: number;
  /** Closes what is held and opens nothing. */
  readonly closing: boolean;
  /** The lot that this stop loss or take profit protects. */
  readonly lot: Lot | null;
  /** First bar that it may meet. */
  liveFrom = 0;
  /** A stop-limit order whose stop was touched; a limit order from then on. */
  triggered = false;
  waiting = true;

  constructor(ticket: OrderTicket, closing: boolean, lot: Lot | null, halfSpread: number) {
    const { prices } = ticket;
    this.series = ticket.series;
    this.side = ticket.side;
    this.kind = (prices.limit === prices.limit ? limit : 0) + (prices.stop === prices.stop ? stop : 0);
    this.units = ticket.units;
    this.share = ticket.share;
    this.prices = prices === noPrices ? plain : { ...prices, reach: prices.limit / (1 + ticket.side * halfSpread) };
    this.tag = ticket.tag;
    this.closing = closing;
    this.lot = lot;
  }

  /** The price whose touch fills or wakes it. */
  get touch(): number {
    return this.kind === limit || this.triggered ? this.prices.reach : this.prices.stop;
  }

  /** Whether that touch comes from below: the price must rise to it. */
  get awaitsRise(): boolean {
    return (this.kind === limit || this.triggered) !== this.side > 0;
  }
}
