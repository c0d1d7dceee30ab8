import type { Book } from './book.js';
import { doubtHeld, doubtOpened, flag, wentOnBy } from './doubt.js';
import type { Execution } from './execution.js';
import type { Lot } from './holding.js';
import { beats, isBeyondStop, passes, priceAtOpen, priceWithin } from './meeting.js';
import { fillOrKill, hasTrailingLoss, noTerms, type OrderTerms } from './order-terms.js';
import { noPrices, type OrderTicket } from './order-ticket.js';
import { firstOnStretch, goesHighFirst, isOnlyWoken, priceOnStretch, sufferingSide } from './path-walk.js';
import type { BacktestSettings, PathModel } from '../settings.js';
import type { Venue } from './venue.js';
import {
  kindOf,
  limitOnOpen,
  market,
  marketOnClose,
  marketOnOpen,
  stop,
  stopLimit,
  trailingStop,
  type WorkingOrder,
} from './working-order.js';
import { bringToLife, giveTerms, trail, WorkingTerms } from './working-terms.js';

/** Brings the orders that wait at a venue together with its bars, and protects what they open. */
export class Matching {
  readonly #execution: Execution;
  readonly #halfSpread: number;
  readonly #book: Book | null;
  readonly #path: PathModel;
  /** The share of a bar's volume that fills may take; Infinity where there is no bound. */
  readonly #volumeCap: number;
  /** Orders for other series than that of the fill they waited for: they come to life once its moment is over. */
  readonly awakened: WorkingOrder[] = [];
  readonly #withCosts: (order: WorkingOrder, price: number) => number;

  constructor(
    execution: Execution,
    halfSpread: number,
    { path, volumeCap }: Pick<BacktestSettings, 'path' | 'volumeCap'>,
    book: Book | null,
  ) {
    this.#execution = execution;
    this.#halfSpread = halfSpread;
    this.#book = book;
    this.#path = path;
    this.#volumeCap = volumeCap ?? Infinity;
    this.#withCosts = (order, price) => execution.priceWithCosts(order, price);
  }

  /** A whole bar: first what happens at its open, then what happens within it, then what happens at its close. */
  meet(venue: Venue, bar: number): void {
    if (bar >= venue.due) this.#expire(venue, bar);
    if (venue.marketCount > 0) this.#fillMarketOrders(venue, bar, venue.bars.open[bar]!, bar);
    if (venue.resting.length === 0) return;
    if (venue.hasTrails) this.#trail(venue, bar, venue.bars.open[bar]!);
    // Stops before limits: of a stop loss and a take profit within one bar, the stop loss is taken to be hit first.
    this.#meetOpen(venue, bar, isStop);
    this.#meetOpen(venue, bar, isLimit);
    const decides = this.#book !== null && venue.resting.length > 0 && doubtHeld(venue, bar, this.#withCosts);
    if (this.#path === 'certain') {
      this.#meetRange(venue, bar, isStop, decides);
      this.#meetRange(venue, bar, isLimit, decides);
      this.#trailBehind(venue, bar);
    } else this.#walk(venue, bar, decides);
    if (bar >= venue.due) this.#meetClose(venue, bar);
  }

  /** Fills, at a bar's open, the market orders that go against what is held. */
  reduceAtOpen(venue: Venue, bar: number): void {
    for (let i = 0; i < venue.marketCount; i++) {
      const order = venue.atMarket[i]!;
      if (!order.waiting || order.liveFrom > bar || venue.holding.side !== -order.side) continue;
      this.#fill(venue, order, bar, venue.bars.open[bar]!, bar);
    }
    if (venue.urgentCount === 0) return;
    for (let i = 0, count = venue.resting.length; i < count; i++) {
      const order = venue.resting[i]!;
      if (!order.waiting || order.kind !== market || order.liveFrom > bar || order.terms!.endsAt <= bar) continue;
      if (venue.holding.side === -order.side) this.#fill(venue, order, bar, venue.bars.open[bar]!, bar);
    }
  }

  /** A bar's close, under `this-close`: the market orders that were placed after it. */
  fillAtClose(venue: Venue, bar: number): void {
    const close = venue.bars.close[bar]!;
    for (let i = 0; i < venue.marketCount; i++) venue.atMarket[i]!.liveFrom = bar;
    this.#fillMarketOrders(venue, bar, close, bar + 1);
    if (venue.urgentCount === 0) return;
    for (let i = 0, count = venue.resting.length; i < count; i++) {
      const order = venue.resting[i]!;
      if (!order.waiting || order.kind !== market || order.terms!.isDormant) continue;
      if (order.terms!.asked.goodTill < venue.bars.knownAt[bar]!) continue;
      order.liveFrom = bar;
      this.#fill(venue, order, bar, close, bar + 1);
    }
  }

  /** Fills at an open or a close; closing orders first, for they free the money that others need. */
  #fillMarketOrders(venue: Venue, bar: number, price: number, legsLiveFrom: number): void {
    const { atMarket, marketCount } = venue;
    for (let i = 0; i < marketCount; i++) {
      const order = atMarket[i]!;
      if (order.closing && order.waiting && order.liveFrom <= bar) this.#fill(venue, order, bar, price, legsLiveFrom);
    }
    for (let i = 0; i < marketCount; i++) {
      const order = atMarket[i]!;
      if (order.closing || !order.waiting || order.liveFrom > bar) continue;
      this.#fill(venue, order, bar, price, legsLiveFrom);
    }
  }

  #meetOpen(venue: Venue, bar: number, isDue: (order: WorkingOrder) => boolean): void {
    const open = venue.bars.open[bar]!;
    for (let i = 0, count = venue.resting.length; i < count; i++) {
      const order = venue.resting[i]!;
      if (!order.waiting || order.liveFrom > bar || !isDue(order)) continue;
      if (order.kind >= marketOnOpen) this.#meetSession(venue, order, bar, open, marketOnOpen, bar);
      else {
        const price = priceAtOpen(order, open);
        if (price === price) this.#fill(venue, order, bar, price, bar);
        else if (order.terms?.isImmediate) this.#execution.expire(order, bar);
        else wake(order, bar, open);
      }
    }
  }

  #meetRange(venue: Venue, bar: number, isDue: (order: WorkingOrder) => boolean, decides: boolean): void {
    const open = venue.bars.open[bar]!;
    const high = venue.bars.high[bar]!;
    const low = venue.bars.low[bar]!;
    for (let i = 0, count = venue.resting.length; i < count; i++) {
      const order = venue.resting[i]!;
      if (!order.waiting || order.liveFrom > bar || order.kind >= marketOnOpen || !isDue(order)) continue;
      const price = priceWithin(order, open, high, low);
      if (price === price) {
        const lot = this.#fill(venue, order, bar, price, bar + 1);
        if (lot) this.#doubtOpened(venue, order, lot, bar, price, decides);
        if (lot) this.#meetRestOfBar(venue, order, lot, bar, price);
      } else wake(order, bar, order.side > 0 ? high : low);
    }
  }

  /** Goes along a bar's path, as the model has it, from order to order. */
  #walk(venue: Venue, bar: number, decides: boolean): void {
    const open = venue.bars.open[bar]!;
    const high = venue.bars.high[bar]!;
    const low = venue.bars.low[bar]!;
    const side = sufferingSide(venue, bar);
    const highFirst = goesHighFirst(this.#path, { open, high, low, side });
    this.#walkStretch(venue, bar, open, highFirst ? high : low, decides);
    this.#walkStretch(venue, bar, highFirst ? high : low, highFirst ? low : high, decides);
    this.#walkStretch(venue, bar, highFirst ? low : high, venue.bars.close[bar]!, decides);
  }

  #walkStretch(venue: Venue, bar: number, from: number, to: number, decides: boolean): void {
    let at = from;
    for (let order = firstOnStretch(venue, bar, at, to); order; order = firstOnStretch(venue, bar, at, to)) {
      at = priceOnStretch(order, at, to);
      if (venue.hasTrails) this.#trail(venue, bar, at);
      if (isOnlyWoken(order, at)) {
        order.triggered = true;
        continue;
      }
      const lot = this.#fill(venue, order, bar, at, bar);
      if (lot) this.#doubtOpened(venue, order, lot, bar, at, decides);
    }
    if (venue.hasTrails) this.#trail(venue, bar, to);
  }

  #meetClose(venue: Venue, bar: number): void {
    const close = venue.bars.close[bar]!;
    for (let i = 0, count = venue.resting.length; i < count; i++) {
      const order = venue.resting[i]!;
      if (!order.waiting || order.liveFrom > bar || order.kind < marketOnClose) continue;
      this.#meetSession(venue, order, bar, close, marketOnClose, bar + 1);
    }
  }

  /** Brings an order for a session's open or close to that price, if it is the one that it is for: it fills or ends. */
  #meetSession(venue: Venue, order: WorkingOrder, bar: number, price: number, atMarket: number, legs: number): void {
    if (order.kind >= marketOnClose !== (atMarket === marketOnClose)) return;
    if (order.kind === atMarket || beats(order, price)) this.#fill(venue, order, bar, price, legs);
    if (order.waiting) this.#execution.expire(order, bar);
  }

  /** Fills an order as far as it goes, protects what it opened and tells those it is linked with. */
  #fill(venue: Venue, order: WorkingOrder, bar: number, price: number, linkedLiveFrom: number): Lot | null {
    if (this.#volumeCap !== Infinity) return this.#fillCapped(venue, order, bar, price, linkedLiveFrom);
    const lot = this.#execution.fill(venue, order, bar, price);
    if (order.waiting) postpone(order, bar);
    if (lot !== null) this.#protect(venue, order, lot, bar, linkedLiveFrom, price);
    if (order.terms !== null) this.#tellLinked(venue, order, order.terms, bar, linkedLiveFrom, price);
    return lot;
  }

  /** The same where fills take a share of the bar's volume at most. What is left waits, or ends with its time in force. */
  #fillCapped(venue: Venue, order: WorkingOrder, bar: number, price: number, linkedLiveFrom: number): Lot | null {
    if (venue.cappedBar !== bar) {
      venue.cappedBar = bar;
      const most = this.#volumeCap * venue.bars.volume[bar]!;
      venue.volumeLeft = most > 0 ? most : 0;
    }
    const execution = this.#execution;
    const mostUnits = execution.tradable(venue.volumeLeft);
    const mustFillWhole = order.terms?.asked.timeInForce === fillOrKill;
    let lot: Lot | null = null;
    if (mostUnits > 0 && !(mustFillWhole && execution.due(venue, order) > mostUnits)) {
      execution.filledUnits = 0;
      lot = execution.fill(venue, order, bar, price, mostUnits);
      venue.volumeLeft -= execution.filledUnits;
    }
    if (lot !== null) this.#protect(venue, order, lot, bar, linkedLiveFrom, price);
    if (order.terms !== null) this.#tellLinked(venue, order, order.terms, bar, linkedLiveFrom, price);
    if (!order.waiting) return lot;
    if (order.terms?.isImmediate) execution.expire(order, bar);
    else postpone(order, bar);
    return lot;
  }

  /** Withdraws those that the order's fill ends, and brings those to life that wait for it. */
  #tellLinked(
    venue: Venue,
    order: WorkingOrder,
    terms: WorkingTerms,
    bar: number,
    liveFrom: number,
    price: number,
  ): void {
    if (!terms.hasFilled) return;
    const { group, children } = terms;
    // Objects of market orders serve again: only who still names this group belongs to it.
    for (const other of group ?? []) {
      if (other === order || !other.waiting || other.terms?.group !== group) continue;
      this.#execution.withdrawLinked(other, venue.series, bar);
    }
    terms.children = null;
    for (const child of children ?? []) {
      if (!child.waiting) continue;
      if (child.series !== venue.series) {
        child.terms!.siblings = null;
        this.awakened.push(child);
        continue;
      }
      bringToLife(child, venue, meetsOpens(child) ? bar + 1 : liveFrom, price);
      venue.hasTrails ||= child.terms!.isTrailing;
      venue.due = Math.min(venue.due, child.liveFrom);
      this.#book?.orders.moved(child);
    }
  }

  /** Ends the orders whose time in force is over before this bar. */
  #expire(venue: Venue, bar: number): void {
    for (let i = 0; i < venue.resting.length; i++) {
      const order = venue.resting[i]!;
      if (order.waiting && order.terms !== null && order.terms.endsAt <= bar) {
        this.#execution.expire(order, venue.cursor.index);
      }
    }
  }

  /** Moves the trailing stops after a price that the bar has certainly come to. */
  #trail(venue: Venue, bar: number, price: number): void {
    for (const order of venue.resting) {
      if (order.waiting && order.terms?.isTrailing && order.liveFrom <= bar && trail(order, price)) {
        this.#book?.orders.moved(order);
      }
    }
  }

  /** Moves the trailing stops after a bar that is over. Of the bar that brought one to life, the close alone came later. */
  #trailBehind(venue: Venue, bar: number): void {
    if (!venue.hasTrails) return;
    const { high, low, close } = venue.bars;
    for (const order of venue.resting) {
      if (!order.waiting || !order.terms?.isTrailing || order.liveFrom > bar + 1) continue;
      const best = order.liveFrom > bar ? close[bar]! : order.side < 0 ? high[bar]! : low[bar]!;
      if (trail(order, best)) this.#book?.orders.moved(order);
    }
  }

  /** Puts a lot's stop loss and take profit into the market. Each ends the other: closing the lot withdraws both. */
  #protect(venue: Venue, entry: WorkingOrder, lot: Lot, bar: number, liveFrom: number, price: number): void {
    const { prices, side, tag } = entry;
    const asked = entry.terms?.asked ?? noTerms;
    const { stopLoss, takeProfit } = prices;
    const trails = hasTrailingLoss(asked);
    if (stopLoss !== stopLoss && takeProfit !== takeProfit && !trails) return;
    const ticket = { series: venue.series, side: -side, units: lot.units, share: 0, terms: null, tag };
    if (stopLoss === stopLoss || trails) {
      const terms = trails ? { ...noTerms, trail: asked.stopTrail, trailFraction: asked.stopTrailFraction } : null;
      const loss = { ...ticket, prices: { ...noPrices, stop: stopLoss }, terms };
      lot.stopLoss = this.#leg(venue, loss, lot, bar, liveFrom, price);
    }
    if (takeProfit === takeProfit) {
      const profit = { ...ticket, prices: { ...noPrices, limit: takeProfit } };
      lot.takeProfit = this.#leg(venue, profit, lot, bar, liveFrom, price);
    }
  }

  #leg(venue: Venue, ticket: OrderTicket, lot: Lot, bar: number, liveFrom: number, price: number): WorkingOrder {
    const { prices } = ticket;
    const terms: OrderTerms | null = ticket.terms;
    const leg = venue
      .blankOrder(kindOf(prices) || stop)
      .begin(ticket, -1, liveFrom)
      .priced(prices, this.#halfSpread);
    leg.lot = lot;
    if (terms !== null) {
      giveTerms(leg, prices, terms, this.#halfSpread);
      bringToLife(leg, venue, liveFrom, price);
    }
    this.#book?.orders.placed(leg, bar);
    venue.rest(leg);
    return leg;
  }

  #doubtOpened(venue: Venue, entry: WorkingOrder, lot: Lot, bar: number, price: number, decides: boolean): void {
    if (this.#book === null) return;
    if (decides) flag(lot);
    doubtOpened(venue, entry, lot, bar, price, this.#withCosts);
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
    const filledByStop = wentOnBy(entry);

    const stopInRange = stopLoss ? priceWithin(stopLoss, price, high, low) : NaN;
    const stopPrice = stopLoss && filledByStop ? priceWithin(stopLoss, price, close, close) : stopInRange;
    if (stopLoss && stopPrice === stopPrice) {
      this.#fill(venue, stopLoss, bar, stopPrice, bar + 1);
      return;
    }
    if (!takeProfit || stopInRange === stopInRange) return;
    const profitPrice = filledByStop
      ? priceWithin(takeProfit, price, high, low)
      : priceWithin(takeProfit, price, close, close);
    if (profitPrice === profitPrice) this.#fill(venue, takeProfit, bar, profitPrice, bar + 1);
  }
}

/** Whether the order is for an open alone: that of a bar which has begun is gone. */
function meetsOpens({ kind, terms }: WorkingOrder): boolean {
  return kind === market || kind === marketOnOpen || kind === limitOnOpen || terms!.isImmediate;
}

/** Stops, and market orders that rest here: what fills at the price it meets. */
function isStop({ kind }: WorkingOrder): boolean {
  return kind === stop || kind === trailingStop || kind === market || kind === marketOnOpen;
}

function isLimit(order: WorkingOrder): boolean {
  return !isStop(order);
}

/** Turns a stop-limit order whose stop a price has reached into a limit order; see meeting.ts for when it may fill. */
function wake(order: WorkingOrder, bar: number, price: number): void {
  if (order.kind !== stopLimit || order.triggered || !passes(order, price)) return;
  order.triggered = true;
  if (!isBeyondStop(order)) order.liveFrom = bar + 1;
}

/**
 * Leaves what the bar's volume did not fill for the bars to come. What was due at the market stays due there; an order
 * with a limit keeps it.
 */
function postpone(order: WorkingOrder, bar: number): void {
  if (order.kind >= marketOnOpen) return;
  order.liveFrom = bar + 1;
  if (order.kind === stopLimit) order.triggered = true;
  if (order.kind !== market && !hasLimit(order)) {
    order.kind = market;
    order.terms ??= new WorkingTerms(noTerms);
  }
}

function hasLimit({ prices }: WorkingOrder): boolean {
  return prices.limit === prices.limit;
}
