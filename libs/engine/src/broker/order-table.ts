import { cut, grown } from './columns.js';
import { orderStates, type Orders } from '../results.js';
import type { WorkingOrder } from './working-order.js';

const filled = orderStates.indexOf('filled');
const cancelled = orderStates.indexOf('cancelled');
const rejected = orderStates.indexOf('rejected');
const open = orderStates.indexOf('open');
const expired = orderStates.indexOf('expired');
const partiallyFilled = orderStates.indexOf('partially-filled');

/** Every order of a run as columns, which grow together. */
export class OrderTable {
  #length = 0;
  #settled = 0;
  #capacity: number;
  #id: Int32Array;
  #series: Int32Array;
  #placedBar: Int32Array;
  #kind: Uint8Array;
  #size: Float64Array;
  #filled: Float64Array;
  #limit: Float64Array;
  #stop: Float64Array;
  #state: Uint8Array;
  #endBar: Int32Array;
  #fillPrice: Float64Array;
  #commission: Float64Array;

  /** @param capacity how many rows to have room for; more find room when they come */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#id = new Int32Array(capacity);
    this.#series = new Int32Array(capacity);
    this.#placedBar = new Int32Array(capacity);
    this.#kind = new Uint8Array(capacity);
    this.#size = new Float64Array(capacity);
    this.#filled = new Float64Array(capacity);
    this.#limit = new Float64Array(capacity);
    this.#stop = new Float64Array(capacity);
    this.#state = new Uint8Array(capacity);
    this.#endBar = new Int32Array(capacity);
    this.#fillPrice = new Float64Array(capacity);
    this.#commission = new Float64Array(capacity);
  }

  placed(order: WorkingOrder, bar: number): void {
    if (this.#length === this.#capacity) this.#grow();
    const row = this.#length++;
    order.id = row;
    this.#id[row] = row;
    this.#series[row] = order.series;
    this.#placedBar[row] = bar;
    this.#kind[row] = order.kind;
    this.#size[row] = order.units > 0 ? order.side * order.units : NaN;
    this.#filled[row] = 0;
    this.#limit[row] = order.prices.limit;
    this.#stop[row] = order.prices.stop;
    this.#state[row] = open;
    this.#endBar[row] = -1;
    this.#fillPrice[row] = NaN;
    this.#commission[row] = 0;
  }

  /** What was left of the order is filled. Answers whether that is all of it, at once. */
  filled(order: WorkingOrder, bar: number, units: number, price: number, commission: number): boolean {
    const row = order.id;
    this.#state[row] = filled;
    if (this.#filled[row] !== 0) {
      this.#add(row, order.side * units, bar, price, commission);
      this.#size[row] = this.#filled[row]!;
      return false;
    }
    this.#endBar[row] = bar;
    this.#size[row] = order.side * units;
    this.#filled[row] = order.side * units;
    this.#fillPrice[row] = price;
    this.#commission[row] = commission;
    return true;
  }

  /** A part of the order is filled; `order.units` are left. */
  partlyFilled(order: WorkingOrder, bar: number, units: number, price: number, commission: number): void {
    const row = order.id;
    this.#state[row] = partiallyFilled;
    this.#add(row, order.side * units, bar, price, commission);
    this.#size[row] = this.#filled[row]! + order.side * order.units;
  }

  /** A stop loss or take profit follows the size of the lot that it protects. */
  resized(order: WorkingOrder): void {
    this.#size[order.id] = this.#filled[order.id]! + order.side * order.units;
  }

  /** A split put the order into other terms: what was filled of it too. */
  restated(order: WorkingOrder, ratio: number): void {
    const row = order.id;
    this.#filled[row]! *= ratio;
    this.#fillPrice[row]! /= ratio;
    this.#size[row] = order.units > 0 ? this.#filled[row]! + order.side * order.units : this.#size[row]! * ratio;
    this.#limit[row]! /= ratio;
    this.#stop[row]! /= ratio;
  }

  /** A trailing stop has moved. */
  moved(order: WorkingOrder): void {
    this.#stop[order.id] = order.prices.stop;
  }

  cancelled(order: WorkingOrder, bar: number): void {
    this.#state[order.id] = cancelled;
    this.#endBar[order.id] = bar;
  }

  expired(order: WorkingOrder, bar: number): void {
    this.#state[order.id] = expired;
    this.#endBar[order.id] = bar;
  }

  rejected(order: WorkingOrder, bar: number): void {
    this.#state[order.id] = rejected;
    this.#endBar[order.id] = bar;
  }

  /** Forgets all rows and keeps the room for others; what `orders` answered is overwritten. */
  clear(): void {
    this.#length = 0;
    this.#settled = 0;
  }

  /** How many rows, counted from the first, have ended and so will not change any more. */
  get settled(): number {
    while (this.#settled < this.#length && !this.#waits(this.#settled)) this.#settled++;
    return this.#settled;
  }

  orders(): Orders {
    const length = this.#length;
    return {
      length,
      id: cut(this.#id, length),
      series: cut(this.#series, length),
      placedBar: cut(this.#placedBar, length),
      kind: cut(this.#kind, length),
      size: cut(this.#size, length),
      filled: cut(this.#filled, length),
      limit: cut(this.#limit, length),
      stop: cut(this.#stop, length),
      state: cut(this.#state, length),
      endBar: cut(this.#endBar, length),
      fillPrice: cut(this.#fillPrice, length),
      commission: cut(this.#commission, length),
    };
  }

  #waits(row: number): boolean {
    const state = this.#state[row];
    return state === open || state === partiallyFilled;
  }

  /** Adds a further fill to a row: its price joins the average. */
  #add(row: number, units: number, bar: number, price: number, commission: number): void {
    const before = this.#filled[row]!;
    this.#endBar[row] = bar;
    this.#fillPrice[row] = before === 0 ? price : (before * this.#fillPrice[row]! + units * price) / (before + units);
    this.#filled[row] = before + units;
    this.#commission[row]! += commission;
  }

  #grow(): void {
    const capacity = (this.#capacity *= 2);
    this.#id = grown(this.#id, capacity);
    this.#series = grown(this.#series, capacity);
    this.#placedBar = grown(this.#placedBar, capacity);
    this.#kind = grown(this.#kind, capacity);
    this.#size = grown(this.#size, capacity);
    this.#filled = grown(this.#filled, capacity);
    this.#limit = grown(this.#limit, capacity);
    this.#stop = grown(this.#stop, capacity);
    this.#state = grown(this.#state, capacity);
    this.#endBar = grown(this.#endBar, capacity);
    this.#fillPrice = grown(this.#fillPrice, capacity);
    this.#commission = grown(this.#commission, capacity);
  }
}
