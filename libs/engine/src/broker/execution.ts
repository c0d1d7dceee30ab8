import type { Account } from './account.js';
import type { Book } from './book.js';
import type { Costs } from './costs.js';
import type { Lot } from './holding.js';
import type { Venue } from './venue.js';
import { limit, stopLimit, type WorkingOrder } from './working-order.js';

/** Carries out an order at the price where it met the market: sizes it, applies the costs, closes and opens lots. */
export class Execution {
  readonly #account: Account;
  readonly #costs: Costs;
  readonly #wholeUnits: boolean;
  readonly #book: Book | null;

  constructor(account: Account, costs: Costs, wholeUnits: boolean, book: Book | null) {
    this.#account = account;
    this.#costs = costs;
    this.#wholeUnits = wholeUnits;
    this.#book = book;
  }

  /**
   * Fills the order in full, or rejects it with the reason. Answers the lot that it opened, if it opened one.
   * `price` is the bar's; spread and slippage are added here.
   */
  fill(venue: Venue, order: WorkingOrder, bar: number, price: number): Lot | null {
    order.waiting = false;
    if (this.#costs.isQuoted) this.#costs.quote(this.#account, venue, order, bar, price);
    const exitPrice = this.#priceWithCosts(order, price);
    if (!(exitPrice > 0 && exitPrice < Infinity)) return this.reject(order, bar, `the market has no price: ${price}`);
    if (order.lot) this.#fillLeg(venue, order, order.lot, bar, exitPrice);
    else if (order.closing) this.#fillClosing(venue, order, bar, exitPrice);
    else return this.#fillEntry(venue, order, bar, price, exitPrice);
    return null;
  }

  withdraw(order: WorkingOrder, bar: number): void {
    order.waiting = false;
    this.#book?.orders.cancelled(order, bar);
  }

  reject(order: WorkingOrder, bar: number, reason: string): null {
    order.waiting = false;
    this.#book?.rejected(order, bar, reason);
    return null;
  }

  #fillLeg(venue: Venue, order: WorkingOrder, lot: Lot, bar: number, price: number): void {
    const units = lot.units;
    const fee = this.#costs.commission(units, price);
    this.#account.closePart(venue, lot, units, price, bar, fee);
    this.#book?.orders.filled(order, bar, units, price, fee);
    this.#followLot(lot, bar);
  }

  #fillClosing(venue: Venue, order: WorkingOrder, bar: number, price: number): void {
    const { holding } = venue;
    if (holding.side !== -order.side) {
      this.withdraw(order, bar);
      return;
    }
    const held = Math.abs(holding.units);
    const units = order.share === 1 ? held : this.#whole(order.share * held);
    if (units <= 0) {
      this.reject(order, bar, `the part to close comes to less than one unit`);
      return;
    }
    const fee = this.#closeUnits(venue, units, price, bar);
    this.#book?.orders.filled(order, bar, units, price, fee);
  }

  #fillEntry(venue: Venue, order: WorkingOrder, bar: number, price: number, exitPrice: number): Lot | null {
    const { holding } = venue;
    const { side } = order;
    const opposite = holding.side === -side ? Math.abs(holding.units) : 0;
    const entryPrice = exitPrice * (1 + side * this.#costs.entrySpread);
    const { leverage } = this.#account;

    let closed = opposite;
    let opened: number;
    if (order.units > 0) {
      const units = this.#whole(order.units);
      if (units <= 0) return this.reject(order, bar, `${order.units} units come to less than one whole unit`);
      closed = Math.min(units, opposite);
      opened = units - closed;
      // What is left of a reversal by rounding alone opens nothing.
      if (opened <= units * 1e-12) opened = 0;
      if (opened > 0) {
        const free = this.#account.freeFor(venue, side, price, exitPrice);
        const need = (opened * entryPrice) / leverage + this.#costs.commission(opened, entryPrice);
        if (!(need <= free)) return this.reject(order, bar, cannotAfford(opened, entryPrice, need, free));
      }
    } else {
      const free = this.#account.freeFor(venue, side, price, exitPrice);
      opened = this.#whole(this.#costs.affordableUnits(order.share * free, entryPrice, leverage));
      if (!(opened > 0 && opened < Infinity)) opened = 0;
      if (opened + closed === 0) {
        return this.reject(
          order,
          bar,
          `${free.toFixed(2)} free does not buy ${this.#wholeUnits ? 'one unit' : 'anything'} at ${entryPrice}`,
        );
      }
    }

    const exitFee = closed > 0 ? this.#closeUnits(venue, closed, exitPrice, bar) : 0;
    const lot = opened > 0 ? this.#account.open(venue, side, opened, entryPrice, bar, order.tag) : null;
    const units = closed + opened;
    const average =
      closed === 0 ? entryPrice : opened === 0 ? exitPrice : (closed * exitPrice + opened * entryPrice) / units;
    this.#book?.orders.filled(order, bar, units, average, exitFee + (lot?.entryFee ?? 0));
    return lot;
  }

  /** Closes units, oldest lots first. Answers the commission, which the lots share by their units. */
  #closeUnits(venue: Venue, units: number, price: number, bar: number): number {
    const fee = this.#costs.commission(units, price);
    let left = units;
    let lot = venue.holding.oldest;
    while (lot && left > 0) {
      const following = lot.next;
      // The last lot is closed whole where only rounding would remain of it.
      const part = left >= lot.units * (1 - 1e-12) ? lot.units : left;
      this.#account.closePart(venue, lot, part, price, bar, part === units ? fee : fee * (part / units));
      this.#followLot(lot, bar);
      left -= part;
      lot = following;
    }
    return fee;
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
  #priceWithCosts(order: WorkingOrder, price: number): number {
    const { halfSpread, slippage } = this.#costs;
    if (order.kind !== limit && order.kind !== stopLimit) return price * (1 + order.side * (halfSpread + slippage));
    return price === order.prices.reach ? order.prices.limit : price * (1 + order.side * halfSpread);
  }

  #whole(units: number): number {
    return this.#wholeUnits ? Math.floor(units) : units;
  }
}

function cannotAfford(units: number, price: number, need: number, free: number): string {
  return `${units} units at ${price} need ${need.toFixed(2)} as margin and commission, ${free.toFixed(2)} is free`;
}
