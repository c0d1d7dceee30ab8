import { cut, grown } from './columns.js';
import type { Fills } from '../results.js';
import type { WorkingOrder } from './working-order.js';

/** Every fill of a run as columns, which grow together. */
export class FillTable {
  #length = 0;
  #capacity: number;
  #order: Int32Array;
  #bar: Int32Array;
  #units: Float64Array;
  #price: Float64Array;
  #commission: Float64Array;
  #slippage: Float64Array;
  #spread: Float64Array;

  /** @param capacity how many rows to have room for; more find room when they come */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#order = new Int32Array(capacity);
    this.#bar = new Int32Array(capacity);
    this.#units = new Float64Array(capacity);
    this.#price = new Float64Array(capacity);
    this.#commission = new Float64Array(capacity);
    this.#slippage = new Float64Array(capacity);
    this.#spread = new Float64Array(capacity);
  }

  add(order: WorkingOrder, bar: number, units: number, price: number, commission: number): void {
    if (this.#length === this.#capacity) this.#grow();
    const row = this.#length++;
    this.#order[row] = order.id;
    this.#bar[row] = bar;
    this.#units[row] = order.side * units;
    this.#price[row] = price;
    this.#commission[row] = commission;
    this.#slippage[row] = 0;
    this.#spread[row] = 0;
  }

  /** What the price of the fill that was added last had lost to slippage and spread, in currency. */
  lost(slippage: number, spread: number): void {
    this.#slippage[this.#length - 1] = slippage;
    this.#spread[this.#length - 1] = spread;
  }

  /** Forgets all rows and keeps the room for others; what `fills` answered is overwritten. */
  clear(): void {
    this.#length = 0;
  }

  fills(): Fills {
    const length = this.#length;
    return {
      length,
      order: cut(this.#order, length),
      bar: cut(this.#bar, length),
      units: cut(this.#units, length),
      price: cut(this.#price, length),
      commission: cut(this.#commission, length),
      slippage: cut(this.#slippage, length),
      spread: cut(this.#spread, length),
    };
  }

  #grow(): void {
    const capacity = (this.#capacity *= 2);
    this.#order = grown(this.#order, capacity);
    this.#bar = grown(this.#bar, capacity);
    this.#units = grown(this.#units, capacity);
    this.#price = grown(this.#price, capacity);
    this.#commission = grown(this.#commission, capacity);
    this.#slippage = grown(this.#slippage, capacity);
    this.#spread = grown(this.#spread, capacity);
  }
}
