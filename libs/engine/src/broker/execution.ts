import type { Account } from './account.js';
import type { Book } from './book.js';
import type { Costs } from './costs.js';
import type { Lot } from './holding.js';
import type { Venue } from './venue.js';
import type { WorkingTerms } from './working-terms.js';
import type { OrderEvents } from './order-events.js';
import {
  limit,
  limitIfTouched,
  limitOnClose,
  limitOnOpen,
  market,
  stop,
  stopLimit,
  type WorkingOrder,
} from './working-order.js';

/** Carries out an order at the price where it met the market: sizes it, applies the costs, closes and opens lots. */
export class Execution {
  readonly #account: Account;
  readonly #costs: Costs;
  readonly #wholeUnits: boolean;
  readonly #book: Book | null;
  readonly #venues: readonly Venue[];
  /** Whoever listens to what becomes of orders. */
  events: OrderEvents | null = null;
  /** Units of the last fill. */
  filledUnits = 0.5;

  constructor(account: Account, costs: Costs, wholeUnits: boolean, venues: readonly Venue[], book: Book | null) {
    this.#account = account;
    this.#costs = costs;
    this.#wholeUnits = wholeUnits;
    this.#venues = venues;
    this.#book = book;
  }

  /**
   * Fills the order, `most` units of it at most, or rejects it with the reason. Answers the lot that it opened, if it
   * opened one. What is left of it goes on waiting. `price` is the bar's; spread and slippage are added here.
   */
  fill(venue: Venue, order: WorkingOrder, bar: number, price: number, most = Infinity): Lot | null {
    order.waiting = false;
    if (this.#costs.isQuoted) this.#costs.quote(this.#account, venue, order, bar, price);
    const exitPrice = this.priceWithCosts(order, price);
    if (!(exitPrice > 0 && exitPrice < Infinity)) {
      if (!order.lot) return this.reject(order, bar, `the market has no price: ${price}`);
      // What protects a lot goes on protecting it.
      order.waiting = true;
      return null;
    }
    if (order.lot) this.#fillLeg(venue, order, order.lot, bar, exitPrice, most);
    else if (order.closing) this.#fillClosing(venue, order, bar, exitPrice, most);
    else return this.#fillEntry(venue, order, bar, price, exitPrice, most);
    return null;
  }

  /** Fills a closing order at a price that no market made, 0 included: `units` of what is held, free of costs. */
  settle(venue: Venue, order: WorkingOrder, bar: number, units: number, price: number): void {
    order.waiting = false;
    this.#costs.quoteSettled(price);
    this.#closeUnits(venue, units, price, bar, 0);
    this.#note(order, bar, units, price, 0, 0);
  }

  /** The units that an order given in units comes to, were there volume enough. */
  due({ holding }: Venue, { units, closing }: WorkingOrder): number {
    const held = Math.abs(holding.units);
    return closing && units >= held ? held : this.#whole(units);
  }

  /** The units that so much volume lets through. */
  tradable(volume: number): number {
    return this.#whole(volume);
  }

  withdraw(order: WorkingOrder, bar: number): void {
    order.waiting = false;
    this.#book?.orders.cancelled(order, bar);
    this.events?.add('cancelled', order, bar, NaN, NaN, '');
    if (order.terms !== null) this.#abandon(order.terms, order.series, bar);
  }

  /** Ends an order whose time is over. */
  expire(order: WorkingOrder, bar: number): void {
    order.waiting = false;
    this.#book?.orders.expired(order, bar);
    this.events?.add('expired', order, bar, NaN, NaN, '');
    if (order.terms !== null) this.#abandon(order.terms, order.series, bar);
  }

  reject(order: WorkingOrder, bar: number, reason: string): null {
    order.waiting = false;
    this.#book?.rejected(order, bar, reason);
    this.events?.add('rejected', order, bar, NaN, NaN, reason);
    if (order.terms !== null) this.#abandon(order.terms, order.series, bar);
    return null;
  }

  /** Withdraws an order that another ends, at a bar of that one's series: another series has its own last bar, and is tidied later. */
  withdrawLinked(order: WorkingOrder, series: number, bar: number): void {
    const venue = this.#venues[order.series]!;
    const isOther = order.series !== series;
    this.withdraw(order, isOther ? venue.cursor.index : bar);
    venue.isUntidy ||= isOther;
  }

  /** Withdraws the orders that waited for the fill of one that ended without any. */
  #abandon({ children, hasFilled }: WorkingTerms, series: number, bar: number): void {
    if (hasFilled || children === null) return;
    for (const child of children) if (child.waiting) this.withdrawLinked(child, series, bar);
  }

  /** Writes down a fill; an order with units `left` goes on waiting for them. */
  #note(order: WorkingOrder, bar: number, units: number, price: number, fee: number, left: number): void {
    this.filledUnits = units;
    if (order.terms !== null) order.terms.hasFilled = true;
    if (left > 0) {
      order.waiting = true;
      order.units = left;
      order.share = 0;
    }
    if (this.#book !== null) this.#log(this.#book, order, bar, units, price, fee);
    this.events?.add(left > 0 ? 'partially-filled' : 'filled', order, bar, units, price, '');
  }

  /** Keeps a fill in the order table and in the log. */
  #log(
    { orders, fills }: Book,
    order: WorkingOrder,
    bar: number,
    units: number,
    price: number,
    commission: number,
  ): void {
    let isWhole = false;
    if (order.waiting) orders.partlyFilled(order, bar, units, price, commission);
    else isWhole = orders.filled(order, bar, units, price, commission);
    if (isWhole && !this.#costs.isQuoted) {
      fills.plain(order);
      return;
    }
    const slippage = this.#costs.slippageOn(units);
    const spread = this.#costs.spreadOn(units, price);
    fills.add(order, { bar, units: order.side * units, price, commission, slippage, spread });
  }

  #fillLeg(venue: Venue, order: WorkingOrder, lot: Lot, bar: number, price: number, most: number): void {
    const held = lot.units;
    const units = Math.min(held, most);
    const fee = this.#costs.charge(order, units, price);
    this.#account.closePart(venue, lot, units, price, bar, fee);
    this.#note(order, bar, units, price, fee, lot.units);
    this.#followLot(lot, bar);
  }

  #fillClosing(venue: Venue, order: WorkingOrder, bar: number, price: number, most: number): void {
    const { holding } = venue;
    if (holding.side !== -order.side) {
      this.withdraw(order, bar);
      return;
    }
    const held = Math.abs(holding.units);
    const wanted = order.units > 0 ? order.units : order.share * held;
    const due = wanted >= held ? held : this.#whole(wanted);
    const units = Math.min(due, most);
    if (units <= 0) {
      this.reject(order, bar, `the part to close comes to less than one unit`);
      return;
    }
    const fee = this.#costs.charge(order, units, price);
    this.#closeUnits(venue, units, price, bar, fee);
    this.#note(order, bar, units, price, fee, remainder(due, units));
  }

  #fillEntry(
    venue: Venue,
    order: WorkingOrder,
    bar: number,
    price: number,
    exitPrice: number,
    most: number,
  ): Lot | null {
    const { holding } = venue;
    const { side } = order;
    const opposite = holding.side === -side ? Math.abs(holding.units) : 0;
    const entryPrice = exitPrice * (1 + side * this.#costs.entrySpread);
    const { leverage } = this.#account;

    let closed = opposite;
    let opened: number;
    let left = 0;
    if (order.units > 0) {
      const units = this.#whole(order.units);
      if (units <= 0) return this.reject(order, bar, `${order.units} units come to less than one whole unit`);
      closed = Math.min(units, opposite);
      opened = units - closed;
      // What is left of a reversal by rounding alone opens nothing.
      if (opened <= units * 1e-12) opened = 0;
      if (units > most) {
        closed = Math.min(closed, most);
        opened = Math.min(opened, most - closed);
        left = remainder(units, closed + opened);
      }
      if (opened > 0) {
        const free = this.#account.freeFor(venue, side, price, exitPrice);
        const charged = this.#costs.chargedWith(order.charged, closed);
        const need = (opened * entryPrice) / leverage + this.#costs.commission(opened, entryPrice, charged);
        if (!(need <= free)) return this.reject(order, bar, cannotAfford(opened, entryPrice, need, free));
      }
    } else {
      const free = this.#account.freeFor(venue, side, price, exitPrice);
      const charged = this.#costs.chargedWith(order.charged, closed);
      opened = this.#whole(this.#costs.affordableUnits(order.share * free, entryPrice, leverage, charged));
      if (!(opened > 0 && opened < Infinity)) opened = 0;
      if (opened + closed === 0) {
        return this.reject(
          order,
          bar,
          `${free.toFixed(2)} free does not buy ${this.#wholeUnits ? 'one unit' : 'anything'} at ${entryPrice}`,
        );
      }
      if (opened + closed > most) {
        const units = opened + closed;
        closed = Math.min(closed, most);
        opened = Math.min(opened, most - closed);
        left = remainder(units, closed + opened);
      }
    }

    const exitFee = closed > 0 ? this.#costs.charge(order, closed, exitPrice) : 0;
    if (closed > 0) this.#closeUnits(venue, closed, exitPrice, bar, exitFee);
    const entryFee = opened > 0 ? this.#costs.charge(order, opened, entryPrice) : 0;
    const lot = opened > 0 ? this.#account.open(venue, order, opened, entryPrice, bar, entryFee) : null;
    const units = closed + opened;
    const average =
      closed === 0 ? entryPrice : opened === 0 ? exitPrice : (closed * exitPrice + opened * entryPrice) / units;
    this.#note(order, bar, units, average, exitFee + entryFee, left);
    return lot;
  }

  /** Closes units, oldest lots first; the lots share the commission by their units. */
  #closeUnits(venue: Venue, units: number, price: number, bar: number, fee: number): void {
    let left = units;
    let shared = 0;
    let lot = venue.holding.oldest;
    while (lot && left > 0) {
      const following = lot.next;
      // The last lot is closed whole where only rounding would remain of it.
      const part = left >= lot.units * (1 - 1e-12) ? lot.units : left;
      // The lots may come to a hair less than the holding by rounding: the last one then takes what is left of the fee.
      const isShort = following === null && part < left;
      const share = part === units ? fee : isShort ? fee - shared : fee * (part / units);
      this.#account.closePart(venue, lot, part, price, bar, share);
      this.#followLot(lot, bar);
      shared += share;
      left -= part;
      lot = following;
    }
  }

  /** Keeps a lot's stop loss and take profit in line with it: resized while units are left, cancelled when none are. */
  #followLot(lot: Lot, bar: number): void {
    if (lot.stopLoss?.waiting) this.#followUnits(lot.stopLoss, lot.units, bar);
    if (lot.takeProfit?.waiting) this.#followUnits(lot.takeProfit, lot.units, bar);
  }

  #followUnits(leg: WorkingOrder, units: number, bar: number): void {
    leg.units = units;
    if (units > 0) this.#book?.orders.resized(leg);
    else this.withdraw(leg, bar);
  }

  /** A limit order neither slips nor fills worse than its limit; others pay half the spread and slip. */
  priceWithCosts({ kind, side, prices }: WorkingOrder, price: number): number {
    const { halfSpread, slippage } = this.#costs;
    if (kind === market || kind === stop) return price * (1 + side * (halfSpread + slippage));
    if (kind === limit || kind === stopLimit) {
      return price === prices.reach ? prices.limit : price * (1 + side * halfSpread);
    }
    if (kind !== limitIfTouched && kind !== limitOnOpen && kind !== limitOnClose) {
      return price * (1 + side * (halfSpread + slippage));
    }
    return (side > 0 ? Math.min : Math.max)(price * (1 + side * halfSpread), prices.limit);
  }

  #whole(units: number): number {
    return this.#wholeUnits ? Math.floor(units) : units;
  }
}

/** What is left of so many units; nothing where only rounding is. */
function remainder(units: number, part: number): number {
  const left = units - part;
  return left <= units * 1e-12 ? 0 : left;
}

function cannotAfford(units: number, price: number, need: number, free: number): string {
  if (!(need < Infinity)) return `${units} units at ${price} cost more than a number can hold`;
  return `${units} units at ${price} need ${need.toFixed(2)} as margin and commission, ${free.toFixed(2)} is free`;
}
