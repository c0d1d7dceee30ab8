import type { Lot } from './holding.js';
import { anyPrice, isTrailing, type OrderTerms, sessionOpen } from './order-terms.js';
import { noPrices, type OrderPrices, type OrderTicket } from './order-ticket.js';
import type { WorkingTerms } from './working-terms.js';

// Indices into `orderKinds`.
export const market = 0;
export const limit = 1;
export const stop = 2;
export const stopLimit = 3;
export const trailingStop = 4;
/** From here to `limitIfTouched`, a price that gets better fills the order, as it does a limit order. */
export const marketIfTouched = 5;
export const limitIfTouched = 6;
/** From here on, orders are for the open or the close of a session, and meet no other bar. */
export const marketOnOpen = 7;
export const limitOnOpen = 8;
export const marketOnClose = 9;
export const limitOnClose = 10;

export interface WorkingPrices extends Omit<OrderPrices, 'stop'> {
  /** The limit in terms of the bars' prices: where they stand when the other side of the spread is at the limit. */
  readonly reach: number;
  /** A trailing stop moves it. */
  stop: number;
}

const plain: WorkingPrices = { ...noPrices, reach: NaN };

/**
 * An order while the broker works on it. Market orders are many and short-lived: a venue uses their objects again, so
 * whoever keeps one knows by its row whether it is still the same order.
 */
export class WorkingOrder {
  /** Row in the order table; -1 where none is kept. */
  id = -1;
  /** Row of the tape that placed it; -1 for what the broker itself places, a bracket's legs and closing orders. */
  row = -1;
  series = 0;
  side = 1;
  kind = market;
  /** Units; 0 where `share` decides when the order fills. A stop loss or take profit follows its lot. */
  units = 0.5;
  /** Share of the free buying power, or, in a closing order, of the position; 0 where `units` is given. */
  share = 0.5;
  prices: WorkingPrices = plain;
  tag = 0;
  /** Closes what is held and opens nothing. */
  closing = false;
  /** The lot that this stop loss or take profit protects. */
  lot: Lot | null = null;
  /** First bar that it may meet. */
  liveFrom = 0;
  /** A stop-limit order whose stop was touched; a limit order from then on. */
  triggered = false;
  waiting = false;
  /** What one unit of when it was placed has become by splits; its prices were divided by it. */
  ratio = 0.5;
  /** What its fills so far came to, by an amount per unit, in currency; -1 before the first. */
  charged = -0.5;
  /** What it asks for beside size and prices, and what became of that; null where that is nothing. */
  terms: WorkingTerms | null = null;

  /** Makes this the order that a ticket asks for. */
  begin({ series, side, units, share, prices, tag }: OrderTicket, row: number, liveFrom: number): this {
    this.id = -1;
    this.row = row;
    this.series = series;
    this.side = side;
    this.kind = kindOf(prices);
    this.units = units;
    this.share = share;
    this.prices = plain;
    this.tag = tag;
    this.closing = false;
    this.lot = null;
    this.liveFrom = liveFrom;
    this.triggered = false;
    this.waiting = true;
    this.ratio = 1;
    this.charged = -1;
    this.terms = null;
    return this;
  }

  /** Its prices, under half a spread. */
  priced(prices: OrderPrices, halfSpread: number): this {
    if (prices !== noPrices) this.prices = { ...prices, reach: prices.limit / (1 + this.side * halfSpread) };
    return this;
  }

  /** The price whose touch fills or wakes it. */
  get touch(): number {
    return this.isPassive ? this.prices.reach : this.prices.stop;
  }

  /** Whether that touch comes from below: the price must rise to it. */
  get awaitsRise(): boolean {
    return this.isPassive !== this.side > 0;
  }

  /** Whether it waits for a price that gets better, not for one that gets worse. */
  get isPassive(): boolean {
    return this.kind === limit || this.triggered || this.kind >= marketIfTouched;
  }
}

export function kindOf({ limit: atLimit, stop: atStop }: OrderPrices): number {
  return (atLimit === atLimit ? limit : 0) + (atStop === atStop ? stop : 0);
}

/** The kind of an order with further terms. */
export function kindWith(prices: OrderPrices, terms: OrderTerms): number {
  const limited = prices.limit === prices.limit;
  if (isTrailing(terms)) return trailingStop;
  if (terms.touch === terms.touch) return limited ? limitIfTouched : marketIfTouched;
  if (terms.session === anyPrice) return kindOf(prices);
  if (terms.session === sessionOpen) return limited ? limitOnOpen : marketOnOpen;
  return limited ? limitOnClose : marketOnClose;
}
