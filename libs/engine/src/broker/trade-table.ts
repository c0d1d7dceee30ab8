import { cut, grown } from './columns.js';
import type { Doubt } from './doubt.js';
import type { Lot } from './holding.js';
import type { Ambiguity, Trades } from '../results.js';
import type { Venue } from './venue.js';

/** Every round trip of a run as columns, which grow together. */
export class TradeTable {
  #length = 0;
  #capacity: number;
  #series: Int32Array;
  #size: Float64Array;
  #entryBar: Int32Array;
  #exitBar: Int32Array;
  #entryPrice: Float64Array;
  #exitPrice: Float64Array;
  #commission: Float64Array;
  #pnl: Float64Array;
  #entryTime: Float64Array;
  #exitTime: Float64Array;
  #returns: Float64Array;
  #open: Uint8Array;
  #tag: Int32Array;
  #ambiguous: Uint8Array;
  #ambiguousCount = 0;
  #worst = 0;
  #best = 0;

  /** @param capacity how many rows to have room for; more find room when they come */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#series = new Int32Array(capacity);
    this.#size = new Float64Array(capacity);
    this.#entryBar = new Int32Array(capacity);
    this.#exitBar = new Int32Array(capacity);
    this.#entryPrice = new Float64Array(capacity);
    this.#exitPrice = new Float64Array(capacity);
    this.#commission = new Float64Array(capacity);
    this.#pnl = new Float64Array(capacity);
    this.#entryTime = new Float64Array(capacity);
    this.#exitTime = new Float64Array(capacity);
    this.#returns = new Float64Array(capacity);
    this.#open = new Uint8Array(capacity);
    this.#tag = new Int32Array(capacity);
    this.#ambiguous = new Uint8Array(capacity);
  }

  /** Adds a closed part of a lot: `size` units, negative for a short; `pnl` net of the commission of both sides. */
  closed(venue: Venue, lot: Lot, size: number, bar: number, price: number, commission: number, pnl: number): void {
    if (this.#length === this.#capacity) this.#grow();
    const row = this.#length++;
    const { time } = venue.bars;
    this.#series[row] = venue.series;
    this.#size[row] = size;
    this.#entryBar[row] = lot.entryBar;
    this.#exitBar[row] = bar;
    this.#entryPrice[row] = lot.entryPrice;
    this.#exitPrice[row] = price;
    this.#commission[row] = commission;
    this.#pnl[row] = pnl;
    this.#entryTime[row] = time[lot.entryBar]!;
    this.#exitTime[row] = time[bar]!;
    this.#returns[row] = pnl / (Math.abs(size) * lot.entryPrice);
    this.#open[row] = 0;
    this.#tag[row] = lot.tag;
    this.#ambiguous[row] = 0;
    if (lot.doubt !== null) this.#weigh(row, lot.doubt);
  }

  /** Forgets all rows and keeps the room for others; what `trades` answered is overwritten. */
  clear(): void {
    this.#length = 0;
    this.#ambiguousCount = 0;
    this.#worst = 0;
    this.#best = 0;
  }

  /** Adds what is still held at the end, marked at the last close. */
  held(venue: Venue): void {
    const { holding, cursor, mark } = venue;
    for (let lot = holding.oldest; lot; lot = lot.next) {
      const size = holding.side * lot.units;
      this.closed(venue, lot, size, cursor.index, mark, lot.entryFee, size * (mark - lot.entryPrice) - lot.entryFee);
      this.#open[this.#length - 1] = 1;
    }
  }

  trades(tags: readonly string[]): Trades {
    const length = this.#length;
    return {
      length,
      series: cut(this.#series, length),
      size: cut(this.#size, length),
      entryBar: cut(this.#entryBar, length),
      exitBar: cut(this.#exitBar, length),
      entryTime: cut(this.#entryTime, length),
      exitTime: cut(this.#exitTime, length),
      entryPrice: cut(this.#entryPrice, length),
      exitPrice: cut(this.#exitPrice, length),
      commission: cut(this.#commission, length),
      pnl: cut(this.#pnl, length),
      returns: cut(this.#returns, length),
      open: cut(this.#open, length),
      ambiguous: cut(this.#ambiguous, length),
      tag: cut(this.#tag, length),
      tags: [...tags],
      costs: null,
    };
  }

  ambiguity(): Ambiguity {
    return { trades: this.#ambiguousCount, worst: this.#worst, best: this.#best };
  }

  /** Flags a trade that another path would have ended otherwise, and adds what it might have made at worst and at best. */
  #weigh(row: number, doubt: Doubt): void {
    const size = this.#size[row]!;
    const price = this.#exitPrice[row]!;
    const pnl = this.#pnl[row]!;
    // Where it ended in the doubtful bar, it might have lived through it: its close stands for what came then.
    const close = this.#exitBar[row] === doubt.bar ? doubt.close : NaN;
    const lowest = Math.min(price, doubt.lowest, close === close ? close : price);
    const highest = Math.max(price, doubt.highest, close === close ? close : price);
    this.#ambiguous[row] = 1;
    this.#ambiguousCount++;
    this.#worst += pnl + size * ((size > 0 ? lowest : highest) - price);
    this.#best += pnl + size * ((size > 0 ? highest : lowest) - price);
  }

  #grow(): void {
    const capacity = (this.#capacity *= 2);
    this.#series = grown(this.#series, capacity);
    this.#size = grown(this.#size, capacity);
    this.#entryBar = grown(this.#entryBar, capacity);
    this.#exitBar = grown(this.#exitBar, capacity);
    this.#entryPrice = grown(this.#entryPrice, capacity);
    this.#exitPrice = grown(this.#exitPrice, capacity);
    this.#commission = grown(this.#commission, capacity);
    this.#pnl = grown(this.#pnl, capacity);
    this.#entryTime = grown(this.#entryTime, capacity);
    this.#exitTime = grown(this.#exitTime, capacity);
    this.#returns = grown(this.#returns, capacity);
    this.#open = grown(this.#open, capacity);
    this.#tag = grown(this.#tag, capacity);
    this.#ambiguous = grown(this.#ambiguous, capacity);
  }
}
