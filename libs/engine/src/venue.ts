import type { Bars } from './bars.js';
import { Holding } from './holding.js';
import { Cursor } from './series.js';
import { market, type WorkingOrder } from './working-order.js';

/** One of the run's series as the broker sees it: its bars, the orders that wait there, and what is held. */
export class Venue {
  readonly bars: Bars;
  readonly series: number;
  readonly cursor: Cursor;
  readonly holding = new Holding();
  /** Market orders, for the next bar's open or for this bar's close. */
  atMarket: WorkingOrder[] = [];
  /** Orders that wait for their price, in order of placing. */
  readonly resting: WorkingOrder[] = [];
  /** No resting order is touched while the price stays below this … */
  ceiling = Infinity;
  /** … and above this. */
  floor = -Infinity;
  #spare: WorkingOrder[] = [];

  constructor(bars: Bars, series: number) {
    this.bars = bars;
    this.cursor = new Cursor(bars.length);
    this.series = series;
  }

  /** The last known close, NaN before the first bar. */
  get mark(): number {
    const index = this.cursor.index;
    return index < 0 ? NaN : this.bars.close[index]!;
  }

  /** Whether a bar concerns any order that waits. False lets the run pass over the bar. */
  isTouchedBy(bar: number): boolean {
    return this.atMarket.length > 0 || this.bars.high[bar]! >= this.ceiling || this.bars.low[bar]! <= this.floor;
  }

  get waitingCount(): number {
    return this.atMarket.length + this.resting.length;
  }

  rest(order: WorkingOrder): void {
    if (order.kind === market) {
      this.atMarket.push(order);
      return;
    }
    this.resting.push(order);
    this.#watch(order);
  }

  /** Takes the market orders out, to be worked on; `giveBack` returns the list, and what is left in it still waits. */
  takeMarketOrders(): WorkingOrder[] {
    const taken = this.atMarket;
    this.atMarket = this.#spare;
    return taken;
  }

  giveBack(taken: WorkingOrder[]): void {
    for (const order of taken) if (order.waiting) this.atMarket.push(order);
    taken.length = 0;
    this.#spare = taken;
  }

  /** Drops what no longer waits and draws floor and ceiling anew. */
  tidy(): void {
    this.ceiling = Infinity;
    this.floor = -Infinity;
    let kept = 0;
    for (const order of this.resting) {
      if (!order.waiting) continue;
      this.resting[kept++] = order;
      this.#watch(order);
    }
    this.resting.length = kept;
  }

  #watch(order: WorkingOrder): void {
    if (order.awaitsRise) this.ceiling = Math.min(this.ceiling, order.touch);
    else this.floor = Math.max(this.floor, order.touch);
  }
}
