import type { Bars } from '../bars.js';
import { Holding } from './holding.js';
import type { Cursor } from '../series.js';
import { market, WorkingOrder } from './working-order.js';

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
    this.#high = bars.high;
    this.#low = bars.low;
    this.#close = bars.close;
  }

  /** The last known close, NaN before the first bar. */
  get mark(): number {
    const { index } = this.cursor;
    return index < 0 ? NaN : this.#close[index]!;
  }

  get waitingCount(): number {
    return this.marketCount + this.resting.length;
  }

  /** Whether there is such a bar, and it is known at a moment. */
  isKnown(bar: number, moment: number): boolean {
    return bar < this.bars.length && this.bars.knownAt[bar]! <= moment;
  }

  /** Whether a bar concerns any order that waits. */
  isTouchedBy(bar: number): boolean {
    if (this.marketCount > 0) return true;
    return this.resting.length > 0 && (this.#high[bar]! >= this.ceiling || this.#low[bar]! <= this.floor);
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

  rest(order: WorkingOrder): void {
    if (order.kind === market) {
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
    while (
      bar < until &&
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
    if (order.awaitsRise) this.ceiling = Math.min(this.ceiling, order.touch);
    else this.floor = Math.max(this.floor, order.touch);
  }
}
