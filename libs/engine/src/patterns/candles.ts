import { newColumn } from '../new-column.js';
import type { Prices } from '../indicators/bar-columns.js';
import { rollingSum } from '../indicators/rolling-sum.js';

/** Bars before a candle that its body, range and shadows are compared with, and those for what is near or equal. */
const many = 10;
const few = 5;

/**
 * Candles and what is long, short, near or equal for them, measured as TA-Lib does by default: against the mean of the ten
 * (or five) candles before each. A body is long above the mean body and short below it; a doji's is at most 0.1 of the mean
 * range; a shadow is very short below 0.1 of it; near is 0.2, far 0.6 and equal 0.05 of the mean range of five.
 */
export class Candles {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly #bodies: Float64Array;
  readonly #ranges: Float64Array;
  readonly #fewRanges: Float64Array;

  constructor({ open, high, low, close }: Prices) {
    this.open = open;
    this.high = high;
    this.low = low;
    this.close = close;
    const measured = newColumn(close.length);
    for (let i = 0; i < measured.length; i++) measured[i] = Math.abs(close[i]! - open[i]!);
    this.#bodies = rollingSum(measured, many);
    for (let i = 0; i < measured.length; i++) measured[i] = high[i]! - low[i]!;
    this.#ranges = rollingSum(measured, many);
    this.#fewRanges = rollingSum(measured, few);
  }

  body(i: number): number {
    return Math.abs(this.close[i]! - this.open[i]!);
  }

  top(i: number): number {
    return Math.max(this.open[i]!, this.close[i]!);
  }

  bottom(i: number): number {
    return Math.min(this.open[i]!, this.close[i]!);
  }

  upperShadow(i: number): number {
    return this.high[i]! - this.top(i);
  }

  lowerShadow(i: number): number {
    return this.bottom(i) - this.low[i]!;
  }

  /** 1 where it closed at its open or above, -1 where below. */
  colour(i: number): 1 | -1 {
    return this.close[i]! >= this.open[i]! ? 1 : -1;
  }

  isLong(i: number): boolean {
    return this.body(i) > this.meanBody(i);
  }

  /** Mean body of the ten candles before. */
  meanBody(i: number): number {
    return this.#bodies[i - 1]! / many;
  }

  isDoji(i: number): boolean {
    return this.body(i) <= this.veryShort(i);
  }

  /** A tenth of the mean range of the ten candles before. */
  veryShort(i: number): number {
    return (0.1 * this.#ranges[i - 1]!) / many;
  }

  hasUpperShadow(i: number): boolean {
    return this.upperShadow(i) >= this.veryShort(i);
  }

  hasLowerShadow(i: number): boolean {
    return this.lowerShadow(i) >= this.veryShort(i);
  }

  near(i: number): number {
    return (0.2 * this.#fewRanges[i - 1]!) / few;
  }

  far(i: number): number {
    return (0.6 * this.#fewRanges[i - 1]!) / few;
  }

  equal(i: number): number {
    return (0.05 * this.#fewRanges[i - 1]!) / few;
  }

  /** The body of `i` lies wholly above that of `j`. */
  bodyIsAbove(i: number, j: number): boolean {
    return this.bottom(i) > this.top(j);
  }

  bodyIsBelow(i: number, j: number): boolean {
    return this.top(i) < this.bottom(j);
  }

  /** The whole of `i`, shadows included, lies above that of `j`. */
  isAbove(i: number, j: number): boolean {
    return this.low[i]! > this.high[j]!;
  }

  isBelow(i: number, j: number): boolean {
    return this.high[i]! < this.low[j]!;
  }

  /** The body of `i` lies within that of `j`. */
  bodyIsWithin(i: number, j: number): boolean {
    return this.top(i) <= this.top(j) && this.bottom(i) >= this.bottom(j);
  }
}
