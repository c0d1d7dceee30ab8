import { Account } from './account.js';
import type { Bars } from '../bars.js';
import type { Book } from './book.js';
import { Costs } from './costs.js';
import { Carry } from './costs/carry.js';
import { Execution } from './execution.js';
import { Matching } from './matching.js';
import type { OrderEvents } from './order-events.js';
import { forTheDay, noTerms, type OrderTerms } from './order-terms.js';
import { noPrices, type OrderTicket } from './order-ticket.js';
import { Guard } from './risk/guard.js';
import type { BacktestSettings } from '../settings.js';
import { Venue } from './venue.js';
import { kindOf, market, WorkingOrder } from './working-order.js';
import { bringToLife, giveTerms, WorkingTerms } from './working-terms.js';

/** So many bars are looked at in advance for one that needs the broker; mostly something changes before. */
const farthestLook = 64;

/** So many orders may wait at one venue; one more is rejected. */
const mostWaitingOrders = 1_000;

/**
 * Takes orders, goes from bar to bar, and ends the run when the account is ruined. The guest drives it while the
 * strategy runs; the host drives the same one from the tape. matching.ts says how orders meet a bar.
 */
export class Broker {
  readonly venues: readonly Venue[];
  readonly account: Account;
  /** True once the account was worth nothing at a close: everything was closed, trading has ended. */
  isOver = false;
  /** No bar before this one needs the broker: it touches no order, and the account survives it. */
  quietUntil = 0;
  /** True while the strategy's `next` runs: only then does it give orders. */
  isListening = false;
  /** Whether every bar needs the broker while something is held: holding costs money, or equity is watched. */
  readonly attends: boolean;
  /** The first series sets the pace of the run. */
  readonly #pace: Venue;
  readonly #isAlone: boolean;
  readonly #fillsAtClose: boolean;
  readonly #settings: BacktestSettings;
  readonly #costs: Costs;
  readonly #execution: Execution;
  readonly #matching: Matching;
  readonly #carry: Carry | null;
  readonly #guard: Guard | null;
  readonly #book: Book | null;

  constructor(bars: readonly Bars[], settings: BacktestSettings, book: Book | null) {
    this.venues = bars.map((columns, series) => new Venue(columns, series));
    this.#pace = this.venues[0]!;
    this.#isAlone = bars.length === 1;
    this.#fillsAtClose = settings.fill === 'this-close';
    this.#settings = settings;
    this.#costs = new Costs(settings);
    const leverage = settings.margin ? 1 / settings.margin.initial : settings.leverage;
    this.account = new Account(settings.cash, leverage, this.venues, this.#costs, book);
    this.#execution = new Execution(this.account, this.#costs, settings.units === 'whole', book);
    this.#matching = new Matching(this.#execution, this.#costs.halfSpread, settings, book);
    this.#carry = Carry.of(settings, this.venues);
    this.#guard = Guard.of(settings, this.account, this.#costs, this.#pace);
    this.attends = this.#carry !== null || this.#guard !== null;
    this.#book = book;
  }

  /** Tells a listener from now on what becomes of orders. */
  set events(events: OrderEvents) {
    this.#execution.events = events;
  }

  /** Places an order of the strategy, by its row of the tape; it can meet the bars that begin from now on. */
  place(ticket: OrderTicket, row: number): WorkingOrder {
    if (ticket.terms !== null) return this.#placeWith(ticket.terms, ticket, row);
    const venue = this.venues[ticket.series]!;
    if (this.#settings.exclusiveOrders) {
      this.#withdrawEntries(venue);
      this.close(ticket.series, 1);
    }
    const order = venue
      .blankOrder(kindOf(ticket.prices))
      .begin(ticket, row, this.#firstBarFor(venue))
      .priced(ticket.prices, this.#costs.halfSpread);
    this.#admit(venue, order);
    return order;
  }

  /** Places an order that closes a share of the position, if there is one. */
  close(series: number, share: number): void {
    const venue = this.venues[series]!;
    this.quietUntil = 0;
    if (venue.holding.units !== 0) venue.rest(this.#closingOrder(venue, share));
  }

  /** The order that a row of the tape placed, while it waits. */
  waitingOrder(row: number): WorkingOrder | null {
    for (const venue of this.venues) {
      const order = venue.waitingOrder(row);
      if (order) return order;
    }
    return null;
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
    if (this.attends) {
      this.#advanceWatched(bar);
      return;
    }
    if (!this.#isAlone) this.#catchUp(pace.bars.knownAt[bar]!);
    if (pace.isTouchedBy(bar)) this.#meet(pace, bar);
    pace.cursor.moveTo(bar);
    if ((!this.#isAlone || pace.mayRuin(bar)) && this.account.equity <= 0) this.#ruin();
  }

  /** Looks ahead from a bar that was advanced to, for the bars that need no advancing to. */
  lookAhead(bar: number): void {
    const pace = this.#pace;
    if (!this.#isAlone || pace.cursor.isFollowed || (this.attends && pace.holding.units !== 0)) return;
    this.quietUntil = pace.firstEvent(bar + 1, Math.min(bar + farthestLook, pace.bars.length));
  }

  /** After the strategy has spoken, under `this-close`: fills market orders at venues where a bar closes just now. */
  settle(): void {
    if (!this.#fillsAtClose) return;
    const now = this.#pace.bars.knownAt[this.#pace.cursor.index];
    for (const venue of this.venues) {
      const bar = venue.cursor.index;
      if ((venue.marketCount === 0 && venue.urgentCount === 0) || venue.bars.knownAt[bar] !== now) continue;
      this.#matching.fillAtClose(venue, bar);
      this.#tidy(venue);
      if (this.#guard) this.#endBar(this.#guard, this.#pace.cursor.index);
    }
  }

  /**
   * Under `close-at-last-open`: closes what is held at the last bar's open, or, under `this-close`, at the close before.
   * A position that grew in the last bar stays open and is marked: it cannot be sold before it was bought.
   */
  finish(): void {
    if (this.isOver || this.#settings.atEnd !== 'close-at-last-open') return;
    for (const venue of this.venues) {
      const last = venue.cursor.index;
      if (venue.holding.newestEntryBar === last) continue;
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
      this.#carry?.passTo(this.account, earliest, bar);
      if (earliest.isTouchedBy(bar)) this.#meet(earliest, bar);
      earliest.cursor.moveTo(bar);
    }
  }

  /** Places an order with further terms. One that belongs to another, or opens nothing, leaves what is there alone. */
  #placeWith(terms: OrderTerms, ticket: OrderTicket, row: number): WorkingOrder {
    const venue = this.venues[ticket.series]!;
    const isOwn = terms.oco < 0 && terms.after < 0 && terms.replaces < 0 && !terms.reduceOnly;
    if (this.#settings.exclusiveOrders && isOwn) {
      this.#withdrawEntries(venue);
      this.close(ticket.series, 1);
    }
    const liveFrom = this.#firstBarFor(venue);
    const order = new WorkingOrder().begin(ticket, row, liveFrom);
    giveTerms(order, ticket.prices, terms, this.#costs.halfSpread);
    bringToLife(order, venue, liveFrom, venue.mark);
    if (terms.replaces >= 0) this.#replace(venue, venue.waitingOrder(terms.replaces)!, order, order.terms!);
    if (terms.oco >= 0) join(venue.waitingOrder(terms.oco)!, order, order.terms!);
    if (terms.after >= 0) attach(venue.waitingOrder(terms.after)!, order, order.terms!);
    this.#admit(venue, order);
    return order;
  }

  /** Puts a new order in the place of one that waits: among those that withdraw each other, before and behind its links. */
  #replace(venue: Venue, old: WorkingOrder, order: WorkingOrder, terms: WorkingTerms): void {
    if (old.terms !== null) {
      const { group, siblings, children, isDormant, hasFilled } = old.terms;
      if (!hasFilled) {
        terms.children = children;
        old.terms.children = null;
        for (const child of children ?? []) if (child.terms) child.terms.siblings = children;
      }
      terms.group = group;
      group?.push(order);
      if (isDormant && siblings) {
        siblings.push(order);
        terms.siblings = siblings;
        sleep(order, terms);
      }
    }
    this.#execution.withdraw(old, venue.cursor.index);
    venue.tidy();
  }

  /** Lets a placed order wait, if there is room for it. */
  #admit(venue: Venue, order: WorkingOrder): void {
    this.quietUntil = 0;
    this.#book?.orders.placed(order, venue.cursor.index);
    if (this.#guard !== null && this.#isRefused(this.#guard, venue, order)) return;
    if (venue.waitingCount < mostWaitingOrders) venue.rest(order);
    else
      this.#execution.reject(order, venue.cursor.index, `${mostWaitingOrders} orders wait already; cancel some first`);
  }

  /** As `advance`, where holding costs money or equity is watched: then no bar is quiet while something is held. */
  #advanceWatched(bar: number): void {
    const pace = this.#pace;
    this.#guard?.beginBar(bar);
    this.#carry?.payInterest(this.account, pace, bar);
    if (!this.#isAlone) this.#catchUp(pace.bars.knownAt[bar]!);
    this.#carry?.passTo(this.account, pace, bar);
    if (pace.isTouchedBy(bar)) this.#meet(pace, bar);
    pace.cursor.moveTo(bar);
    if (this.account.equity <= 0) {
      this.#ruin();
      return;
    }
    if (this.#guard) this.#endBar(this.#guard, bar);
  }

  #isRefused(guard: Guard, venue: Venue, order: WorkingOrder): boolean {
    const reason = guard.refusal(venue, order);
    if (reason !== null) this.#execution.reject(order, venue.cursor.index, reason);
    return reason !== null;
  }

  /** Does what the guard asks for after a close. What is to be closed already is not closed twice. */
  #endBar(guard: Guard, bar: number): void {
    const command = guard.endBar(bar);
    if (command === null) return;
    const { reason, closes, isHalt } = command;
    const held = this.venues.filter((venue) => venue.holding.units !== 0 && !venue.isClosing);
    if (!isHalt && held.length === 0) return;
    this.#book?.intervened(bar, reason);
    for (const venue of this.venues) this.#withdrawOpenings(venue);
    if (closes === 'nothing') return;
    for (const venue of held) {
      if (closes === 'next-open') this.close(venue.series, 1);
      else {
        this.#closeNow(venue, venue.cursor.index, venue.mark);
        this.#tidy(venue);
      }
    }
  }

  /** Withdraws what may open a position; what closes one stays. */
  #withdrawOpenings(venue: Venue): void {
    if (venue.waitingCount === 0) return;
    const bar = venue.cursor.index;
    for (let i = 0; i < venue.marketCount; i++) {
      const order = venue.atMarket[i]!;
      if (order.waiting && !order.closing) this.#execution.withdraw(order, bar);
    }
    for (const order of venue.resting) if (!order.lot) this.#execution.withdraw(order, bar);
    venue.tidy();
  }

  #meet(venue: Venue, bar: number): void {
    this.#matching.meet(venue, bar);
    this.#tidy(venue);
  }

  /** After fills: what ended is dropped, and the closes that would ruin the account are known again. */
  #tidy(venue: Venue): void {
    if (this.#isAlone) {
      const { units, basis } = venue.holding;
      const { cash } = this.account;
      // Equity is cash + units * close - basis. A hair of caution: the exact test is made at the bar itself.
      const ruinous = (basis - cash) / units;
      const caution = Math.abs(ruinous) * 1e-9;
      venue.ruinBelow = units > 0 ? ruinous + caution : -Infinity;
      venue.ruinAbove = units < 0 ? ruinous - caution : cash > 0 ? Infinity : -Infinity;
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
    const ticket = { series, side: -holding.side, units: 0, share, prices: noPrices, terms: null, tag: 0 };
    const order = venue.blankOrder(market).begin(ticket, -1, this.#firstBarFor(venue));
    order.closing = true;
    this.#book?.orders.placed(order, venue.cursor.index);
    return order;
  }

  #withdrawEntries(venue: Venue): void {
    if (venue.waitingCount === 0) return;
    const bar = venue.cursor.index;
    for (let i = 0; i < venue.marketCount; i++) this.#execution.withdraw(venue.atMarket[i]!, bar);
    // Withdrawing one withdraws those that wait for its fill.
    for (const order of venue.resting) if (!order.lot && order.waiting) this.#execution.withdraw(order, bar);
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
}

/** Makes an order one of those of which the first to fill withdraws the others. */
function join(other: WorkingOrder, order: WorkingOrder, terms: WorkingTerms): void {
  other.terms ??= new WorkingTerms(noTerms);
  const group = (other.terms.group ??= [other]);
  group.push(order);
  terms.group = group;
}

/** Lets an order wait for the fill of another. */
function attach(parent: WorkingOrder, order: WorkingOrder, terms: WorkingTerms): void {
  parent.terms ??= new WorkingTerms(noTerms);
  if (parent.terms.hasFilled) return;
  const children = (parent.terms.children ??= []);
  children.push(order);
  terms.siblings = children;
  sleep(order, terms);
}

function sleep(order: WorkingOrder, terms: WorkingTerms): void {
  terms.isDormant = true;
  order.liveFrom = Infinity;
  // Its day and its trail begin when it comes to life.
  if (terms.asked.timeInForce === forTheDay) terms.endsAt = Infinity;
  if (terms.isTrailing) order.prices.stop = NaN;
}
