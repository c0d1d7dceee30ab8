import { cut, grown } from './columns.js';
import type { Lot } from './holding.js';
import type { Trades } from '../results.js';
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
  #open: Uint8Array;
  #tag: Int32Array;

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
    this.#open = new Uint8Array(capacity);
    this.#tag = new Int32Array(capacity);
  }

  /** Adds a closed part of a lot: `size` units, negative for a short; `pnl` net of the commission of both sides. */
  closed(venue: Venue, lot: Lot, size: number, bar: number, price: number, commission: number, pnl: number): void {
    if (this.#length === this.#capacity) this.#grow();
    const row = this.#length++;
    this.#series[row] = venue.series;
    this.#size[row] = size;
    this.#entryBar[row] = lot.entryBar;
    this.#exitBar[row] = bar;
    this.#entryPrice[row] = lot.entryPrice;
    this.#exitPrice[row] = price;
    this.#commission[row] = commission;
    this.#pnl[row] = pnl;
    this.#tag[row] = lot.tag;
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

  trades(venues: readonly Venue[], tags: readonly string[]): Trades {
    const length = this.#length;
    const entryTime = new Float64Array(length);
    const exitTime = new Float64Array(length);
    const returns = new Float64Array(length);
    for (let row = 0; row < length; row++) {
      const { time } = venues[this.#series[row]!]!.bars;
      entryTime[row] = time[this.#entryBar[row]!]!;
      exitTime[row] = time[this.#exitBar[row]!]!;
      returns[row] = this.#pnl[row]! / (Math.abs(this.#size[row]!) * this.#entryPrice[row]!);
    }
    return {
      length,
      series: cut(this.#series, length),
      size: cut(this.#size, length),
      entryBar: cut(this.#entryBar, length),
      exitBar: cut(this.#exitBar, length),
      entryTime,
      exitTime,
      entryPrice: cut(this.#entryPrice, length),
      exitPrice: cut(this.#exitPrice, length),
      commission: cut(this.#commission, length),
      pnl: cut(this.#pnl, length),
      returns,
      open: cut(this.#open, length),
      tag: cut(this.#tag, length),
      tags: [...tags],
    };
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
    this.#open = grown(this.#open, capacity);
    this.#tag = grown(this.#tag, capacity);
  }
}
