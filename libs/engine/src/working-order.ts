import type { Lot } from './holding.js';
import type { OrderTicket } from './order-ticket.js';

export const market = 0;
export const limit = 1;
export const stop = 2;
export const stopLimit = 3;

/** An order while the broker works on it. */
export class WorkingOrder {
  /** Row in the order table; -1 where none is kept. */
  id = -1;
  /** Which of the run's series it trades. */
  readonly series: number;
  /** Index into `orderKinds`. */
  readonly kind: number;
  /** 1 buys, -1 sells. */
  readonly side: number;
  /** Units, above 0; NaN where `share` decides when the order fills. */
  units: number;
  /** Share of the free buying power, or, in a closing order, of the position; NaN where `units` is given. */
  readonly share: number;
  /** NaN where none; so below. */
  readonly limit: number;
  readonly stop: number;
  readonly stopLoss: number;
  readonly takeProfit: number;
  /** Index into the tape's tags. */
  readonly tag: number;
  /** Closes what is held and opens nothing. */
  readonly closing: boolean;
  /** The lot that this stop loss or take profit protects. */
  readonly lot: Lot | null;
  /** First bar that it may meet. */
  liveFrom: number;
  /** The limit in terms of the bars' prices: where the other side of the spread stands at `limit`. */
  readonly reach: number;
  /** A stop-limit order whose stop was touched; a limit order from then on. */
  triggered = false;
  waiting = true;

  constructor(ticket: OrderTicket, closing: boolean, lot: Lot | null, liveFrom: number, halfSpread: number) {
    this.series = ticket.series;
    this.side = ticket.side;
    this.units = ticket.units;
    this.share = ticket.share;
    this.limit = ticket.limit;
    this.stop = ticket.stop;
    this.stopLoss = ticket.stopLoss;
    this.takeProfit = ticket.takeProfit;
    this.tag = ticket.tag;
    this.closing = closing;
    this.lot = lot;
    this.liveFrom = liveFrom;
    const limited = ticket.limit === ticket.limit;
    this.kind = ticket.stop === ticket.stop ? (limited ? stopLimit : stop) : limited ? limit : market;
    this.reach = ticket.limit / (1 + ticket.side * halfSpread);
  }

  /** The price whose touch fills or wakes it. */
  get touch(): number {
    return this.kind === limit || this.triggered ? this.reach : this.stop;
  }

  /** Whether that touch comes from below: the price must rise to it. */
  get awaitsRise(): boolean {
    return (this.kind === limit || this.triggered) !== this.side > 0;
  }
}
