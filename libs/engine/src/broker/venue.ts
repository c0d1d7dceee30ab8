import type { Bars } from '../bars.js';
import { Holding } from './holding.js';
import type { Cursor } from '../series.js';
import { Sessions } from './sessions.js';
import { market, marketOnOpen, WorkingOrder } from './working-order.js';
import type { WorkingTerms } from './working-terms.js';

/** One of the run's series as the broker sees it: its bars, the orders that wait there, and what is held. */
export class Venue {
  readonly bars: Bars;
  readonly series: number;
  readonly cursor: Cursor;
  readonly holding = new Holding();
  /**
   * Market orders, for the next bar's open or for this bar's close: the first `marketCount` of the list. Those behind
   * have ended and are used again.
   */
  readonly atMarket: WorkingOrder[] = [];
  marketCount = 0;
  /** Orders that wait for their price, in order of placing. */
  readonly resting: WorkingOrder[] = [];
  /** No resting order is touched by a bar that stays below this and above `floor`. */
  ceiling = Infinity;
  floor = -Infinity;
  /** The first bar that concerns a resting order whatever its prices: it may fill or expire there. */
  due = Infinity;
  /** How many market orders are among the resting: those with further terms, and the rest of stops that filled in part. */
  urgentCount = 0;
  /** Whether a trailing stop is among the resting. */
  hasTrails = false;
  /** Whether what waits here was changed from another venue since it was last tidied. */
  isUntidy = false;
  /** What is left of a bar's volume for fills, under a cap. */
  volumeLeft = 0;
  cappedBar = -1;
  readonly sessions: Sessions;
  /** The bar after which the symbol was not traded any more; -1 while it is. */
  delistedAfter = -1;
  #restatedAt = -2;
  #restatedBy = 0.5;
  #watchesTerms = false;
  /** Closes at which the account may be ruined; the broker knows them where this is the run's only venue. */
  ruinAbove = Infinity;
  ruinBelow = -Infinity;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #close: Float64Array;

  constructor(bars: Bars, series: number, cursor: Cursor) {
    this.bars = bars;
    this.cursor = cursor;
    this.series = series;
    this.sessions = new Sessions(bars);
    this.#high = bars.high;
    this.#low = bars.low;
    this.#close = bars.close;
  }

  /** The last known close, NaN before the first bar. While a bar with a split is met, in the terms after it. */
  get mark(): number {
    const { index } = this.cursor;
    if (index === this.#restatedAt) return this.#close[index]! / this.#restatedBy;
    return index < 0 ? NaN : this.#close[index]!;
  }

  /** The next bar is in other terms: until it is known, the last close is put into these. */
  restateMark(ratio: number): void {
    const { index } = this.cursor;
    if (index < 0) return;
    this.#restatedBy = index === this.#restatedAt ? this.#restatedBy * ratio : ratio;
    this.#restatedAt = index;
  }

  get waitingCount(): number {
    return this.marketCount + this.resting.length;
  }

  /** Whether an order waits that closes all that is held. */
  get isClosing(): boolean {
    for (let i = 0; i < this.marketCount; i++) {
      const { closing, share, waiting } = this.atMarket[i]!;
      if (closing && waiting && share === 1) return true;
    }
    return false;
  }

  /** Whether there is such a bar, and it is known at a moment. */
  isKnown(bar: number, moment: number): boolean {
    return bar < this.bars.length && this.bars.knownAt[bar]! <= moment;
  }

  /** Whether a bar concerns any order that waits. */
  isTouchedBy(bar: number): boolean {
    if (this.marketCount > 0) return true;
    if (this.resting.length === 0) return false;
    return this.#high[bar]! >= this.ceiling || this.#low[bar]! <= this.floor || bar >= this.due;
  }

  /** Whether a bar's close may ruin the account. */
  mayRuin(bar: number): boolean {
    const close = this.#close[bar]!;
    return close <= this.ruinBelow || close >= this.ruinAbove;
  }

  /** The order that a row of the tape placed, while it waits here. */
  waitingOrder(row: number): WorkingOrder | null {
    for (let i = 0; i < this.marketCount; i++) if (this.atMarket[i]!.row === row) return this.atMarket[i]!;
    return this.resting.find((order) => order.row === row) ?? null;
  }

  /** An object for an order of this kind, which begins its life and then rests here. */
  blankOrder(kind: number): WorkingOrder {
    return (kind === market ? this.atMarket[this.marketCount] : undefined) ?? new WorkingOrder();
  }

  /** Lets an order wait. Market orders with further terms wait among the resting, and meet an open after the others. */
  rest(order: WorkingOrder): void {
    if (order.kind === market && order.terms === null) {
      this.atMarket[this.marketCount++] = order;
      return;
    }
    this.resting.push(order);
    this.#watch(order);
  }

  /** The first bar from `from` on that concerns an order that waits or may ruin the account; `until` where none does. */
  firstEvent(from: number, until: number): number {
    if (this.marketCount > 0) return from;
    const { ruinAbove, ruinBelow } = this;
    const close = this.#close;
    let bar = from;
    if (this.resting.length === 0) {
      while (bar < until && close[bar]! > ruinBelow && close[bar]! < ruinAbove) bar++;
      return bar;
    }
    const { ceiling, floor } = this;
    const end = Math.min(until, this.due);
    while (
      bar < end &&
      this.#high[bar]! < ceiling &&
      this.#low[bar]! > floor &&
      close[bar]! > ruinBelow &&
      close[bar]! < ruinAbove
    ) {
      bar++;
    }
    return bar;
  }

  /** Drops what no longer waits and draws floor and ceiling anew. */
  tidy(): void {
    this.#dropEnded();
    this.ceiling = Infinity;
    this.floor = -Infinity;
    if (this.#watchesTerms) this.#forgetTerms();
    for (let i = 0; i < this.resting.length; i++) this.#watch(this.resting[i]!);
  }

  #dropEnded(): void {
    let kept = 0;
    for (let i = 0; i < this.marketCount; i++) {
      const order = this.atMarket[i]!;
      if (!order.waiting) continue;
      this.atMarket[i] = this.atMarket[kept]!;
      this.atMarket[kept++] = order;
    }
    this.marketCount = kept;
    if (this.resting.length === 0) return;
    kept = 0;
    for (const order of this.resting) if (order.waiting) this.resting[kept++] = order;
    this.resting.length = kept;
  }

  #watch(order: WorkingOrder): void {
    if (order.terms !== null && this.#watchTerms(order, order.terms)) return;
    if (order.awaitsRise) this.ceiling = Math.min(this.ceiling, order.touch);
    else this.floor = Math.max(this.floor, order.touch);
  }

  #forgetTerms(): void {
    this.#watchesTerms = false;
    this.due = Infinity;
    this.urgentCount = 0;
    this.hasTrails = false;
  }

  /** Watches for what an order's further terms wait for. Answers whether that is all. */
  #watchTerms(order: WorkingOrder, terms: WorkingTerms): boolean {
    this.#watchesTerms = true;
    this.due = Math.min(this.due, terms.endsAt);
    if (terms.isDormant) return true;
    if (order.kind === market || order.kind >= marketOnOpen || terms.isImmediate) {
      this.due = Math.min(this.due, order.liveFrom);
      if (order.kind === market) this.urgentCount++;
      return true;
    }
    if (terms.isTrailing) {
      this.hasTrails = true;
      if (order.side < 0) this.ceiling = Math.min(this.ceiling, terms.best);
      else this.floor = Math.max(this.floor, terms.best);
    }
    return false;
  }
}
