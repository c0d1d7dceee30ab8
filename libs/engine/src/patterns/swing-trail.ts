import type { HighLowClose } from '../indicators/bar-columns.js';
import { isBar } from './formation.js';
import { swingColumns, type SwingColumns, type SwingReach } from './swings.js';

/** How many swings a formation may ask for. */
const capacity = 6;

/**
 * The newest swings in turns of high and low, as far as they are known: of two highs with no low between them the higher
 * one counts. Walked bar by bar by the formations that are built of swings.
 */
export class SwingTrail {
  readonly #swings: SwingColumns;
  readonly #bar = new Int32Array(capacity);
  readonly #price = new Float64Array(capacity);
  #isHigh = false;
  /** How many swings are held, at most those that a formation may ask for. */
  count = 0;
  /** Whether enough bars are known for a swing to be; false on a gap, which ends whatever was held. */
  isReady = false;

  constructor(bars: HighLowClose, reach: SwingReach) {
    const whole = (values: Float64Array): Float64Array => values.map((value, i) => (isBar(bars, i) ? value : NaN));
    this.#swings = swingColumns({ high: whole(bars.high), low: whole(bars.low) }, reach);
  }

  /** Whether the newest swing is a high. */
  get endsHigh(): boolean {
    return this.#isHigh;
  }

  /** Price of a swing, 0 the newest. */
  price(back: number): number {
    return this.#price[back]!;
  }

  /** Bar that a swing lies on, 0 the newest. */
  bar(back: number): number {
    return this.#bar[back]!;
  }

  /** Takes in what becomes known on bar `i`. True where the newest swings have changed by it. */
  advance(i: number): boolean {
    const { high, highAgo, highKnown, low, lowAgo, lowKnown } = this.#swings;
    this.isReady = highKnown[i] === highKnown[i];
    if (!this.isReady) {
      this.count = 0;
      return false;
    }
    let isChanged = false;
    if (highKnown[i]! > 0) isChanged = this.#take(true, i - highAgo[i]!, high[i]!);
    if (lowKnown[i]! > 0) isChanged = this.#take(false, i - lowAgo[i]!, low[i]!) || isChanged;
    return isChanged;
  }

  #take(isHigh: boolean, bar: number, price: number): boolean {
    if (this.count > 0 && this.#isHigh === isHigh) {
      if (isHigh ? price <= this.#price[0]! : price >= this.#price[0]!) return false;
    } else {
      this.#bar.copyWithin(1, 0, capacity - 1);
      this.#price.copyWithin(1, 0, capacity - 1);
      this.count = Math.min(capacity, this.count + 1);
      this.#isHigh = isHigh;
    }
    this.#bar[0] = bar;
    this.#price[0] = price;
    return true;
  }
}
