import { grown } from './columns.js';
import type { Lot } from './holding.js';
import type { Trades } from './results.js';
import type { Venue } from './venue.js';

/** Every round trip of a run as columns, which grow together. */
export class TradeTable {
  #length = 0;
  #capacity = 256;
  #series = new Int32Array(this.#capacity);
  #size = new Float64Array(this.#capacity);
  #entryBar = new Int32Array(this.#capacity);
  #exitBar = new Int32Array(this.#capacity);
  #entryPrice = new Float64Array(this.#capacity);
  #exitPrice = new Float64Array(this.#capacity);
  #commission = new Float64Array(this.#capacity);
  #pnl = new Float64Array(this.#capacity);
  #open = new Uint8Array(this.#capacity);
  #tag = new Int32Array(this.#capacity);

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
      series: this.#series.slice(0, length),
      size: this.#size.slice(0, length),
      entryBar: this.#entryBar.slice(0, length),
      exitBar: this.#exitBar.slice(0, length),
      entryTime,
      exitTime,
      entryPrice: this.#entryPrice.slice(0, length),
      exitPrice: this.#exitPrice.slice(0, length),
      commission: this.#commission.slice(0, length),
      pnl: this.#pnl.slice(0, length),
      returns,
      open: this.#open.slice(0, length),
      tag: this.#tag.slice(0, length),
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
