import { Account } from './account.js';
import { splitAt } from '../actions/action-at.js';
import type { Bars } from '../bars.js';
import { CorporateActions } from './actions/corporate-actions.js';
import type { Book } from './book.js';
import { Costs } from './costs.js';
import { Carry } from './costs/carry.js';
import { Execution } from './execution.js';
import { Matching } from './matching.js';
import type { OrderEvents } from './order-events.js';
import { attach, join, sleep } from './order-links.js';
import type { OrderTerms } from './order-terms.js';
import { noPrices, type OrderTicket } from './order-ticket.js';
import { Guard } from './risk/guard.js';
import { beginOf, calendarOf } from '../calendar.js';
import { type Pace, paceOf } from '../pace.js';
import { Patience } from './patience.js';
import { LazyCursor, type Instant } from '../lazy-cursor.js';
import { type Cursor, SteppingCursor } from '../series.js';
import type { BacktestSettings } from '../settings.js';
import { Venue } from './venue.js';
import { kindOf, market, WorkingOrder } from './working-order.js';
import { bringToLife, giveTerms, type WorkingTerms } from './working-terms.js';

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
  /** The moments of the run, and where it stands among them. */
  readonly pace: Pace;
  readonly now: SteppingCursor;
  readonly #isAlone: boolean;
  readonly #first: Venue;
  /** The moment that the cursors of several venues follow. */
  readonly #instant: Instant = { now: -Infinity };
  readonly #patience: Patience;
  /** Of several venues, those where orders wait, in order of the series; and those along which something is computed. */
  #busy: Venue[] = [];
  #followed: LazyCursor[] | null = null;
  readonly #fillsAtClose: boolean;
  readonly #isExclusive: boolean;
  readonly #closesAtLastOpen: boolean;
  readonly #costs: Costs;
  readonly #execution: Execution;
  readonly #matching: Matching;
  readonly #carry: Carry | null;
  readonly #guard: Guard | null;
  readonly #book: Book | null;
  readonly #actions: CorporateActions;

  constructor(bars: readonly Bars[], settings: BacktestSettings, book: Book | null) {
    this.#isAlone = bars.length === 1;
    this.pace = paceOf(bars);
    this.now = new SteppingCursor(this.pace.length);
    this.venues = bars.map((columns, series) => new Venue(columns, series, this.#cursorAlong(columns)));
    this.#first = this.venues[0]!;
    this.#patience = new Patience(bars);
    this.#fillsAtClose = settings.fill === 'this-close';
    this.#isExclusive = settings.exclusiveOrders;
    this.#closesAtLastOpen = settings.atEnd === 'close-at-last-open';
    this.#costs = new Costs(settings);
    book?.begin(settings);
    const leverage = settings.margin ? 1 / settings.margin.initial : settings.leverage;
    this.account = new Account(settings.cash, leverage, this.now, this.#costs, book);
    this.#execution = new Execution(this.account, this.#costs, settings.units === 'whole', this.venues, book);
    this.#matching = new Matching(this.#execution, this.#costs.halfSpread, settings, book);
    this.#carry = Carry.of(settings, this.venues);
    this.#guard = Guard.of(settings, this.account, this.#costs, { run: this, calendar: calendarOf(bars) });
    this.attends = this.#carry !== null || this.#guard !== null;
    this.#book = book;
    this.#actions = new CorporateActions(this, this.#execution, {
      book,
      isWhole: settings.units === 'whole',
      settling: {
        settle: (venue, units, bar, price) => this.#settle(venue, units, bar, price),
        withdraw: (venue) => this.#withdrawEntries(venue),
        tidy: (venue) => this.#tidy(venue),
      },
    });
  }

  /** The moment of the run at which the next corporate action takes effect; Infinity where none does. */
  get nextAction(): number {
    return this.#actions.next;
  }

  /** Tells a listener from now on what becomes of orders. */
  set events(events: OrderEvents) {
    this.#execution.events = events;
  }

  /** Places an order of the strategy, by its row of the tape; it can meet the bars that begin from now on. */
  place(ticket: OrderTicket, row: number): WorkingOrder {
    if (ticket.terms !== null) return this.#placeWith(ticket.terms, ticket, row);
    const venue = this.venues[ticket.series]!;
    if (this.#isExclusive) {
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
    this.#awaits(venue);
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

  /** Goes on to a moment of the run: the bars that became known then are met. */
  advance(moment: number): void {
    if (this.attends) {
      this.#guard?.beginBar(moment);
      if (this.#carry) this.#payFor(this.#carry, moment);
    }
    const acts = moment >= this.#actions.next;
    if (acts) this.#actions.begin(moment);
    if (this.#isAlone) {
      if (this.#first.isTouchedBy(moment)) this.#meet(this.#first, moment);
      this.now.moveTo(moment);
    } else this.#advanceTogether(moment);
    if (acts) this.#actions.end(moment);
    if (this.#mayRuin(moment) && this.account.equity <= 0) this.#ruin();
    else if (this.#guard) this.#endBar(this.#guard, moment);
  }

  /** Whether equity is to be looked at: of one series alone, the closes that may ruin the account are known. */
  #mayRuin(moment: number): boolean {
    return this.attends || !this.#isAlone || this.#first.mayRuin(moment);
  }

  /** Looks ahead from a bar that was advanced to, for the bars that need no advancing to. */
  lookAhead(bar: number): void {
    const venue = this.#first;
    if (!this.#isAlone || this.now.isFollowed || (this.attends && venue.holding.units !== 0)) return;
    this.quietUntil = venue.firstEvent(bar + 1, Math.min(bar + farthestLook, venue.bars.length, this.nextAction));
  }

  /**
   * All bars of one moment. While they are met, every venue stands at its bar before; then all of them go on at once, so
   * that whatever is computed along one series finds the others as they are at this moment. Venues where nothing waits,
   * is held or is computed are not even looked at.
   */
  #advanceTogether(moment: number): void {
    const now = this.pace.knownAt[moment]!;
    const before = this.#instant.now;
    if (this.#busy.length > 0) this.#meetTogether(now);
    this.#instant.now = now;
    this.now.moveTo(moment);
    this.#followed ??= this.venues.map(({ cursor }) => cursor as LazyCursor).filter(({ isFollowed }) => isFollowed);
    for (let i = 0; i < this.#followed.length; i++) this.#followed[i]!.tell();
    this.#giveUp(before, now);
  }

  /** Orders against what is held come first, at all venues: they free the money that the others need. */
  #meetTogether(now: number): void {
    const busy = this.#busy;
    if (this.#matching.awakened.length > 0) this.#bringToLife(this.#matching.awakened);
    for (let i = 0; i < busy.length; i++) {
      const venue = busy[i]!;
      if (venue.isUntidy) {
        venue.isUntidy = false;
        venue.tidy();
      }
      const bar = venue.cursor.index + 1;
      if ((venue.marketCount > 0 || venue.urgentCount > 0) && venue.isKnown(bar, now))
        this.#matching.reduceAtOpen(venue, bar);
    }
    let kept = 0;
    for (let i = 0; i < busy.length; i++) {
      const venue = busy[i]!;
      for (let bar = venue.cursor.index + 1; venue.isKnown(bar, now); bar++) {
        if (venue.isTouchedBy(bar)) this.#meet(venue, bar);
      }
      if (venue.waitingCount > 0) busy[kept++] = venue;
    }
    busy.length = kept;
  }

  /** Orders that a fill of the moment before, in another series, has brought to life. */
  #bringToLife(awakened: WorkingOrder[]): void {
    for (const order of awakened) {
      if (!order.waiting) continue;
      const venue = this.venues[order.series]!;
      bringToLife(order, venue, this.#firstBarFor(venue), venue.mark);
      this.#book?.orders.moved(order);
      venue.isUntidy = true;
    }
    awakened.length = 0;
  }

  /** Where no bar came for as long as patience allows: withdraws what waits and closes what is held, at the last close. */
  #giveUp(before: number, now: number): void {
    const { held } = this.account;
    const busy = this.#busy;
    for (let i = held.length - 1; i >= 0; i--) {
      if (this.#patience.endsFor(held[i]!, before, now)) this.#giveUpAt(held[i]!);
    }
    for (let i = 0; i < busy.length; i++) {
      if (this.#patience.endsFor(busy[i]!, before, now)) this.#giveUpAt(busy[i]!);
    }
  }

  #giveUpAt(venue: Venue): void {
    this.#withdrawEntries(venue);
    this.#closeNow(venue, venue.cursor.index, venue.mark);
  }

  /** An order comes: no bar is quiet any more, and the venue is to be looked at when it goes on. */
  #awaits(venue: Venue): void {
    this.quietUntil = 0;
    if (this.#isAlone) return;
    const busy = this.#busy;
    let at = busy.length;
    while (at > 0 && busy[at - 1]!.series > venue.series) at--;
    if (busy[at - 1] !== venue) busy.splice(at, 0, venue);
  }

  /** One series alone is moved bar by bar, and is the run's own pace. */
  #cursorAlong({ knownAt, length }: Bars): Cursor {
    return this.#isAlone ? this.now : new LazyCursor(knownAt.subarray(0, length), this.#instant);
  }

  /** After the strategy has spoken, under `this-close`: fills market orders at venues where a bar closes just now. */
  settle(): void {
    if (!this.#fillsAtClose) return;
    const now = this.pace.knownAt[this.now.index];
    let hasFilled = false;
    for (const venue of this.#isAlone ? this.venues : this.#busy) {
      const bar = venue.cursor.index;
      if ((venue.marketCount === 0 && venue.urgentCount === 0) || venue.bars.knownAt[bar] !== now) continue;
      this.#matching.fillAtClose(venue, bar);
      this.#tidy(venue);
      hasFilled = true;
    }
    if (hasFilled && this.#guard) this.#endBar(this.#guard, this.now.index);
  }

  /**
   * Under `close-at-last-open`: closes what is held at the last bar's open, or, under `this-close`, at the close before.
   * A position that grew in the last bar stays open and is marked: it cannot be sold before it was bought.
   */
  finish(): void {
    if (this.isOver || !this.#closesAtLastOpen) return;
    for (const venue of this.venues) {
      const last = venue.cursor.index;
      if (venue.holding.newestEntryBar === last) continue;
      const before = Math.max(0, last - 1);
      const ratio = splitAt(venue.bars.actions, last);
      // What was split since then is held in the terms of the last bar.
      if (this.#fillsAtClose) this.#closeNow(venue, ratio === 1 ? before : last, venue.bars.close[before]! / ratio);
      else this.#closeNow(venue, last, venue.bars.open[last]!);
    }
  }

  /** Places an order with further terms. One that belongs to another, or opens nothing, leaves what is there alone. */
  #placeWith(terms: OrderTerms, ticket: OrderTicket, row: number): WorkingOrder {
    const venue = this.venues[ticket.series]!;
    const isOwn = terms.oco < 0 && terms.after < 0 && terms.replaces < 0 && !terms.reduceOnly;
    if (this.#isExclusive && isOwn) {
      this.#withdrawEntries(venue);
      this.close(ticket.series, 1);
    }
    const liveFrom = this.#firstBarFor(venue);
    const order = new WorkingOrder().begin(ticket, row, liveFrom);
    giveTerms(order, ticket.prices, terms, this.#costs.halfSpread);
    bringToLife(order, venue, liveFrom, venue.mark);
    if (terms.replaces >= 0) this.#replace(venue, venue.waitingOrder(terms.replaces)!, order, order.terms!);
    if (terms.oco >= 0) join(this.waitingOrder(terms.oco)!, order, order.terms!);
    if (terms.after >= 0) attach(this.waitingOrder(terms.after)!, order, order.terms!);
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
    this.#awaits(venue);
    this.#book?.orders.placed(order, venue.cursor.index);
    if (venue.delistedAfter >= 0) {
      this.#execution.reject(order, venue.cursor.index, delistedWords(venue));
      return;
    }
    if (this.#guard !== null && this.#isRefused(this.#guard, venue, order)) return;
    if (venue.waitingCount < mostWaitingOrders) venue.rest(order);
    else
      this.#execution.reject(order, venue.cursor.index, `${mostWaitingOrders} orders wait already; cancel some first`);
  }

  /** What holding cost up to a moment: interest first, then what each venue's own bars bring. */
  #payFor(carry: Carry, moment: number): void {
    const { account, pace } = this;
    carry.payInterest(account, pace, moment);
    if (this.#isAlone) {
      carry.passTo(account, this.#first, moment);
      return;
    }
    const now = pace.knownAt[moment]!;
    for (const venue of account.held) {
      for (let bar = venue.cursor.index + 1; venue.isKnown(bar, now); bar++) carry.passTo(account, venue, bar);
    }
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
    const held = this.account.held.filter((venue) => !venue.isClosing);
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

  /** Closes units of what is held at a price that no market made, free of costs. */
  #settle(venue: Venue, units: number, bar: number, price: number): void {
    const order = this.#closingOrder(venue, units / Math.abs(venue.holding.units));
    this.#execution.settle(venue, order, bar, units, price);
    this.#tidy(venue);
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

  /** First bar that begins at this moment or later; after a bar that is known just now, that is the next one. */
  #firstBarFor({ cursor, bars }: Venue): number {
    let bar = cursor.index + 1;
    if (this.#isAlone) return bar;
    const now = this.pace.knownAt[this.now.index]!;
    if (bar > 0 && bars.knownAt[bar - 1] === now) return bar;
    while (bar < bars.length && beginOf(bars, bar) < now) bar++;
    return bar;
  }
}

function delistedWords({ bars, delistedAfter }: Venue): string {
  return `${bars.symbol} is not traded any more: it was delisted after its bar ${delistedAfter}`;
}
