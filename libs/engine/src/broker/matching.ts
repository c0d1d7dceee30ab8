import type { Book } from './book.js';
import type { Execution } from './execution.js';
import type { Lot } from './holding.js';
import { isBeyondStop, passes, priceAtOpen, priceWithin } from './meeting.js';
import { noPrices, type OrderTicket } from './order-ticket.js';
import type { Venue } from './venue.js';
import { kindOf, stop, stopLimit, type WorkingOrder } from './working-order.js';

/** Brings the orders that wait at a venue together with its bars, and protects what they open. */
export class Matching {
  readonly #execution: Execution;
  readonly #halfSpread: number;
  readonly #book: Book | null;

  constructor(execution: Execution, halfSpread: number, book: Book | null) {
    this.#execution = execution;
    this.#halfSpread = halfSpread;
    this.#book = book;
  }

  /** A whole bar: first what happens at its open, then what happens within it. */
  meet(venue: Venue, bar: number): void {
    if (venue.marketCount > 0) this.#fillMarketOrders(venue, bar, venue.bars.open[bar]!, bar);
    if (venue.resting.length === 0) return;
    // Stops before limits: of a stop loss and a take profit within one bar, the stop loss is taken to be hit first.
    this.#meetOpen(venue, bar, isStop);
    this.#meetOpen(venue, bar, isLimit);
    this.#meetRange(venue, bar, isStop);
    this.#meetRange(venue, bar, isLimit);
  }

  /** Fills, at a bar's open, the market orders that go against what is held. */
  reduceAtOpen(venue: Venue, bar: number): void {
    for (let i = 0; i < venue.marketCount; i++) {
      const order = venue.atMarket[i]!;
      if (!order.waiting || order.liveFrom > bar || venue.holding.side !== -order.side) continue;
      const lot = this.#execution.fill(venue, order, bar, venue.bars.open[bar]!);
      if (lot) this.#protect(venue, order, lot, bar, bar);
    }
  }

  /** A bar's close, under `this-close`: the market orders that were placed after it. */
  fillAtClose(venue: Venue, bar: number): void {
    for (let i = 0; i < venue.marketCount; i++) venue.atMarket[i]!.liveFrom = bar;
    this.#fillMarketOrders(venue, bar, venue.bars.close[bar]!, bar + 1);
  }

  /** Fills at an open or a close; closing orders first, for they free the money that others need. */
  #fillMarketOrders(venue: Venue, bar: number, price: number, legsLiveFrom: number): void {
    const { atMarket, marketCount } = venue;
    for (let i = 0; i < marketCount; i++) {
      const order = atMarket[i]!;
      if (order.closing && order.waiting && order.liveFrom <= bar) this.#execution.fill(venue, order, bar, price);
    }
    for (let i = 0; i < marketCount; i++) {
      const order = atMarket[i]!;
      if (!order.waiting || order.liveFrom > bar) continue;
      const lot = this.#execution.fill(venue, order, bar, price);
      if (lot) this.#protect(venue, order, lot, bar, legsLiveFrom);
    }
  }

  #meetOpen(venue: Venue, bar: number, isDue: (order: WorkingOrder) => boolean): void {
    const open = venue.bars.open[bar]!;
    for (let i = 0, count = venue.resting.length; i < count; i++) {
      const order = venue.resting[i]!;
      if (!order.waiting || order.liveFrom > bar || !isDue(order)) continue;
      const price = priceAtOpen(order, open);
      if (price === price) {
        const lot = this.#execution.fill(venue, order, bar, price);
        if (lot) this.#protect(venue, order, lot, bar, bar);
      } else wake(order, bar, open);
    }
  }

  #meetRange(venue: Venue, bar: number, isDue: (order: WorkingOrder) => boolean): void {
    const open = venue.bars.open[bar]!;
    const high = venue.bars.high[bar]!;
    const low = venue.bars.low[bar]!;
    for (let i = 0, count = venue.resting.length; i < count; i++) {
      const order = venue.resting[i]!;
      if (!order.waiting || order.liveFrom > bar || !isDue(order)) continue;
      const price = priceWithin(order, open, high, low);
      if (price === price) {
        const lot = this.#execution.fill(venue, order, bar, price);
        if (lot) this.#protect(venue, order, lot, bar, bar + 1);
        if (lot) this.#meetRestOfBar(venue, order, lot, bar, price);
      } else wake(order, bar, order.side > 0 ? high : low);
    }
  }

  /** Puts a lot's stop loss and take profit into the market. Each ends the other: closing the lot withdraws both. */
  #protect(venue: Venue, { side, prices, tag }: WorkingOrder, lot: Lot, bar: number, liveFrom: number): void {
    if (prices.stopLoss !== prices.stopLoss && prices.takeProfit !== prices.takeProfit) return;
    const { stopLoss, takeProfit } = prices;
    const ticket = { series: venue.series, side: -side, units: lot.units, share: 0, tag };
    if (stopLoss === stopLoss) {
      lot.stopLoss = this.#leg(venue, { ...ticket, prices: { ...noPrices, stop: stopLoss } }, lot, bar, liveFrom);
    }
    if (takeProfit === takeProfit) {
      lot.takeProfit = this.#leg(venue, { ...ticket, prices: { ...noPrices, limit: takeProfit } }, lot, bar, liveFrom);
    }
  }

  #leg(venue: Venue, ticket: OrderTicket, lot: Lot, bar: number, liveFrom: number): WorkingOrder {
    const { prices } = ticket;
    const leg = venue.blankOrder(kindOf(prices)).begin(ticket, -1, liveFrom).priced(prices, this.#halfSpread);
    leg.lot = lot;
    this.#book?.orders.placed(leg, bar);
    venue.rest(leg);
    return leg;
  }

  /**
   * A lot opened within a bar meets the rest of that bar only as far as its path is certain. What the close lies beyond
   * was reached after the entry. A limit order was filled by a price that came towards its stop loss, so a stop loss in
   * the bar's range was reached afterwards. A stop order was filled by a price that went towards its take profit, so one
   * in range was reached, if the stop loss was not. All else begins with the next bar.
   */
  #meetRestOfBar(venue: Venue, entry: WorkingOrder, { stopLoss, takeProfit }: Lot, bar: number, price: number): void {
    const high = venue.bars.high[bar]!;
    const low = venue.bars.low[bar]!;
    const close = venue.bars.close[bar]!;
    const filledByStop = entry.kind === stop || (entry.kind === stopLimit && !entry.triggered);

    const stopInRange = stopLoss ? priceWithin(stopLoss, price, high, low) : NaN;
    const stopPrice = stopLoss && filledByStop ? priceWithin(stopLoss, price, close, close) : stopInRange;
    if (stopLoss && stopPrice === stopPrice) {
      this.#execution.fill(venue, stopLoss, bar, stopPrice);
      return;
    }
    if (!takeProfit || stopInRange === stopInRange) return;
    const profitPrice = filledByStop
      ? priceWithin(takeProfit, price, high, low)
      : priceWithin(takeProfit, price, close, close);
    if (profitPrice === profitPrice) this.#execution.fill(venue, takeProfit, bar, profitPrice);
  }
}

function isStop(order: WorkingOrder): boolean {
  return order.kind === stop;
}

function isLimit(order: WorkingOrder): boolean {
  return order.kind !== stop;
}

/** Turns a stop-limit order whose stop a price has reached into a limit order; see meeting.ts for when it may fill. */
function wake(order: WorkingOrder, bar: number, price: number): void {
  if (order.kind !== stopLimit || order.triggered || !passes(order, price)) return;
  order.triggered = true;
  if (!isBeyondStop(order)) order.liveFrom = bar + 1;
}
