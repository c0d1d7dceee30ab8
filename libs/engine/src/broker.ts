import { Account } from './account.js';
import type { Bars } from './bars.js';
import type { Book } from './book.js';
import { Costs } from './costs.js';
import { Execution } from './execution.js';
import type { Lot } from './holding.js';
import { isBeyondStop, passes, priceAtOpen, priceWithin } from './meeting.js';
import { noPrices, type OrderTicket } from './order-ticket.js';
import type { BacktestSettings } from './settings.js';
import { Venue } from './venue.js';
import { stop, stopLimit, WorkingOrder } from './working-order.js';

/** So many orders may wait at one venue; one more is rejected. */
const mostWaitingOrders = 1_000;

/**
 * Takes orders, brings them together with the bars, and ends the run when the account is ruined. The guest drives it
 * while the strategy runs; the host drives the same one from the tape.
 */
export class Broker {
  readonly venues: readonly Venue[];
  readonly account: Account;
  /** True once the account was worth nothing at a close: everything was closed, trading has ended. */
  isOver = false;
  /** The first series sets the pace of the run. */
  readonly #pace: Venue;
  readonly #isAlone: boolean;
  readonly #fillsAtClose: boolean;
  readonly #settings: BacktestSettings;
  readonly #costs: Costs;
  readonly #execution: Execution;
  readonly #book: Book | null;

  constructor(bars: readonly Bars[], settings: BacktestSettings, book: Book | null) {
    this.venues = bars.map((columns, series) => new Venue(columns, series));
    this.#pace = this.venues[0]!;
    this.#isAlone = bars.length === 1;
    this.#fillsAtClose = settings.fill === 'this-close';
    this.#settings = settings;
    this.#costs = new Costs(settings);
    this.account = new Account(settings.cash, settings.leverage, this.venues, this.#costs, book);
    this.#execution = new Execution(this.account, this.#costs, settings.units === 'whole', book);
    this.#book = book;
  }

  /** Places an order of the strategy; it can meet the bars that begin from now on. */
  place(ticket: OrderTicket): WorkingOrder {
    const venue = this.venues[ticket.series]!;
    if (this.#settings.exclusiveOrders) {
      this.#withdrawEntries(venue);
      this.close(ticket.series, 1);
    }
    const order = new WorkingOrder(ticket, false, null, this.#costs.halfSpread);
    order.liveFrom = this.#firstBarFor(venue);
    this.#book?.orders.placed(order, venue.cursor.index);
    if (venue.waitingCount < mostWaitingOrders) venue.rest(order);
    else
      this.#execution.reject(order, venue.cursor.index, `${mostWaitingOrders} orders wait already; cancel some first`);
    return order;
  }

  /** Places an order that closes a share of the position, if there is one. */
  close(series: number, share: number): void {
    const venue = this.venues[series]!;
    if (venue.holding.units !== 0) venue.rest(this.#closingOrder(venue, share));
  }

  cancel(order: WorkingOrder): void {
    if (!order.waiting) return;
    const venue = this.venues[order.series]!;
    this.#execution.withdraw(order, venue.cursor.index);
    venue.tidy();
  }

  /** Withdraws all that waits but the stop losses and take profits of what is held. */
  cancelAll(): void {
    for (const venue of this.venues) this.#withdrawEntries(venue);
  }

  /** Goes on to a bar of the first series: all that became known since the bar before is met in order of time. */
  advance(bar: number): void {
    const pace = this.#pace;
    if (this.#isAlone && !pace.isTouchedBy(bar) && !pace.mayRuin(bar)) {
      pace.cursor.moveTo(bar);
      return;
    }
    if (!this.#isAlone) this.#catchUp(pace.bars.knownAt[bar]!);
    if (pace.isTouchedBy(bar)) this.#meet(pace, bar);
    pace.cursor.moveTo(bar);
    if (this.account.equity <= 0) this.#ruin();
  }

  /** After the strategy has spoken, under `this-close`: fills market orders at venues where a bar closes just now. */
  settle(): void {
    if (!this.#fillsAtClose) return;
    const now = this.#pace.bars.knownAt[this.#pace.cursor.index];
    for (const venue of this.venues) {
      const bar = venue.cursor.index;
      if (venue.marketCount === 0 || venue.bars.knownAt[bar] !== now) continue;
      for (let i = 0; i < venue.marketCount; i++) venue.atMarket[i]!.liveFrom = bar;
      this.#fillMarketOrders(venue, bar, venue.bars.close[bar]!, bar + 1);
      this.#tidy(venue);
    }
  }

  /** Under `close-at-last-open`: closes what is held at the last bar's open, or, under `this-close`, at the close before. */
  finish(): void {
    if (this.isOver || this.#settings.atEnd !== 'close-at-last-open') return;
    for (const venue of this.venues) {
      const last = venue.cursor.index;
      const before = Math.max(0, last - 1);
      if (this.#fillsAtClose) this.#closeNow(venue, before, venue.bars.close[before]!);
      else this.#closeNow(venue, last, venue.bars.open[last]!);
    }
  }

  /** Moves the other venues up to this moment, bar by bar in order of time. */
  #catchUp(now: number): void {
    for (;;) {
      let earliest: Venue | null = null;
      let known = now;
      for (let i = 1; i < this.venues.length; i++) {
        const venue = this.venues[i]!;
        const at = venue.bars.knownAt[venue.cursor.index + 1] ?? Infinity;
        if (at < known || (at === known && !earliest)) [earliest, known] = [venue, at];
      }
      if (!earliest) return;
      const bar = earliest.cursor.index + 1;
      if (earliest.isTouchedBy(bar)) this.#meet(earliest, bar);
      earliest.cursor.moveTo(bar);
    }
  }

  /** Brings a bar together with the orders that wait: first what happens at its open, then what happens within it. */
  #meet(venue: Venue, bar: number): void {
    if (venue.marketCount > 0) this.#fillMarketOrders(venue, bar, venue.bars.open[bar]!, bar);
    if (venue.resting.length > 0) {
      // Stops before limits: of a stop loss and a take profit within one bar, the stop loss is taken to be hit first.
      this.#meetOpen(venue, bar, isStop);
      this.#meetOpen(venue, bar, isLimit);
      this.#meetRange(venue, bar, isStop);
      this.#meetRange(venue, bar, isLimit);
    }
    this.#tidy(venue);
  }

  /** After fills: what ended is dropped, and the closes that would ruin the account are known again. */
  #tidy(venue: Venue): void {
    if (this.#isAlone) {
      const { units, basis } = venue.holding;
      const { cash } = this.account;
      // Equity is cash + units * close - basis. A hair of caution: the exact test is made at the bar itself.
      const ruinous = (basis - cash) / units;
      venue.ruinBelow = units > 0 ? ruinous * (1 + 1e-9) : -Infinity;
      venue.ruinAbove = units < 0 ? ruinous * (1 - 1e-9) : cash > 0 ? Infinity : -Infinity;
    }
    venue.tidy();
  }

  /** Closes everything at the last known closes and ends trading; what the account then owes is written off. */
  #ruin(): void {
    for (const venue of this.venues) {
      this.#withdrawEntries(venue);
      this.#closeNow(venue, venue.cursor.index, venue.mark);
    }
    this.account.writeOff();
    this.isOver = true;
  }

  #closeNow(venue: Venue, bar: number, price: number): void {
    if (venue.holding.units === 0) return;
    this.#execution.fill(venue, this.#closingOrder(venue, 1), bar, price);
    venue.tidy();
  }

  #closingOrder(venue: Venue, share: number): WorkingOrder {
    const { series, holding } = venue;
    const ticket = { series, side: -holding.side, units: 0, share, prices: noPrices, tag: 0 };
    const order = new WorkingOrder(ticket, true, null, 0);
    order.liveFrom = this.#firstBarFor(venue);
    this.#book?.orders.placed(order, venue.cursor.index);
    return order;
  }

  #withdrawEntries(venue: Venue): void {
    if (venue.waitingCount === 0) return;
    const bar = venue.cursor.index;
    for (let i = 0; i < venue.marketCount; i++) this.#execution.withdraw(venue.atMarket[i]!, bar);
    for (const order of venue.resting) if (!order.lot) this.#execution.withdraw(order, bar);
    venue.tidy();
  }

  /** First bar that begins after this moment. At the venue that sets the pace that is its next bar. */
  #firstBarFor({ series, cursor, bars }: Venue): number {
    let bar = cursor.index + 1;
    if (series === 0) return bar;
    const pace = this.#pace;
    const now = pace.bars.knownAt[pace.cursor.index]!;
    while (bar < bars.length && bars.time[bar]! < now) bar++;
    return bar;
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
    const leg = new WorkingOrder(ticket, false, lot, this.#costs.halfSpread);
    leg.liveFrom = liveFrom;
    this.#book?.orders.placed(leg, bar);
    venue.rest(leg);
    return leg;
  }

  /**
   * A lot opened within a bar meets the rest of that bar only as far as its path is certain. A limit order was filled
   * by a price that came towards its stop loss, so a stop loss in the bar's range was reached afterwards. A stop order
   * was filled by a price that went towards its take profit, so one in range was reached, if the stop loss was not.
   * All else begins with the next bar.
   */
  #meetRestOfBar(venue: Venue, entry: WorkingOrder, { stopLoss, takeProfit }: Lot, bar: number, price: number): void {
    const high = venue.bars.high[bar]!;
    const low = venue.bars.low[bar]!;
    const stopPrice = stopLoss ? priceWithin(stopLoss, price, high, low) : NaN;
    const filledByStop = entry.kind === stop || (entry.kind === stopLimit && !entry.triggered);
    if (!filledByStop) {
      if (stopLoss && stopPrice === stopPrice) this.#execution.fill(venue, stopLoss, bar, stopPrice);
      return;
    }
    const profitPrice = takeProfit && stopPrice !== stopPrice ? priceWithin(takeProfit, price, high, low) : NaN;
    if (takeProfit && profitPrice === profitPrice) this.#execution.fill(venue, takeProfit, bar, profitPrice);
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
