import type { Lot } from './holding.js';
import { orderStates, type BacktestResult, type Orders, type Trades } from './results.js';
import { RowTable } from './row-table.js';
import type { Venue } from './venue.js';
import type { WorkingOrder } from './working-order.js';

const filled = orderStates.indexOf('filled');
const cancelled = orderStates.indexOf('cancelled');
const rejected = orderStates.indexOf('rejected');
const open = orderStates.indexOf('open');

/** Reasons are kept for the first so many rejected orders; the order table has all of them. */
const keptRejections = 10_000;

// Where the fields stand in a row of the tables.
const o = {
  series: 0,
  placedBar: 1,
  kind: 2,
  size: 3,
  limit: 4,
  stop: 5,
  state: 6,
  endBar: 7,
  fillPrice: 8,
  commission: 9,
};
const t = {
  series: 0,
  size: 1,
  entryBar: 2,
  exitBar: 3,
  entryPrice: 4,
  exitPrice: 5,
  commission: 6,
  pnl: 7,
  open: 8,
  tag: 9,
};

/** The records of a run: every order and every trade. The host keeps one; the guest needs none. */
export class Book {
  readonly #orders = new RowTable(10);
  readonly #trades = new RowTable(10);
  readonly #rejections: { orderId: number; bar: number; reason: string }[] = [];

  placed(order: WorkingOrder, bar: number): void {
    order.id = this.#orders.length;
    const at = this.#orders.add();
    const { rows } = this.#orders;
    rows[at + o.series] = order.series;
    rows[at + o.placedBar] = bar;
    rows[at + o.kind] = order.kind;
    rows[at + o.size] = order.side * order.units;
    rows[at + o.limit] = order.prices.limit;
    rows[at + o.stop] = order.prices.stop;
    rows[at + o.state] = open;
    rows[at + o.endBar] = -1;
    rows[at + o.fillPrice] = NaN;
    rows[at + o.commission] = 0;
  }

  filled(order: WorkingOrder, bar: number, units: number, price: number, commission: number): void {
    const at = this.#end(order, filled, bar);
    const { rows } = this.#orders;
    rows[at + o.size] = order.side * units;
    rows[at + o.fillPrice] = price;
    rows[at + o.commission] = commission;
  }

  /** A stop loss or take profit follows the size of the lot that it protects. */
  resized(order: WorkingOrder): void {
    this.#orders.rows[order.id * this.#orders.width + o.size] = order.side * order.units;
  }

  cancelled(order: WorkingOrder, bar: number): void {
    this.#end(order, cancelled, bar);
  }

  rejected(order: WorkingOrder, bar: number, reason: string): void {
    this.#end(order, rejected, bar);
    if (this.#rejections.length < keptRejections) this.#rejections.push({ orderId: order.id, bar, reason });
  }

  traded(venue: Venue, lot: Lot, size: number, bar: number, price: number, commission: number, pnl: number): void {
    const at = this.#trades.add();
    const { rows } = this.#trades;
    rows[at + t.series] = venue.series;
    rows[at + t.size] = size;
    rows[at + t.entryBar] = lot.entryBar;
    rows[at + t.exitBar] = bar;
    rows[at + t.entryPrice] = lot.entryPrice;
    rows[at + t.exitPrice] = price;
    rows[at + t.commission] = commission;
    rows[at + t.pnl] = pnl;
    rows[at + t.open] = 0;
    rows[at + t.tag] = lot.tag;
  }

  /** The records as a result, positions still open marked at their last close. */
  result(
    equity: Float64Array,
    exposure: Float64Array,
    venues: readonly Venue[],
    tags: readonly string[],
  ): BacktestResult {
    for (const venue of venues) {
      const { holding, cursor, mark } = venue;
      for (let lot = holding.oldest; lot; lot = lot.next) {
        const size = holding.side * lot.units;
        const pnl = size * (mark - lot.entryPrice) - lot.entryFee;
        this.traded(venue, lot, size, cursor.index, mark, lot.entryFee, pnl);
        this.#trades.rows[this.#trades.length * this.#trades.width - this.#trades.width + t.open] = 1;
      }
    }
    return {
      equity,
      exposure,
      trades: this.#tradeTable(venues, tags),
      orders: this.#orderTable(),
      rejections: this.#rejections,
    };
  }

  /** Answers where the order's row begins. */
  #end(order: WorkingOrder, state: number, bar: number): number {
    const at = order.id * this.#orders.width;
    this.#orders.rows[at + o.state] = state;
    this.#orders.rows[at + o.endBar] = bar;
    return at;
  }

  #orderTable(): Orders {
    const table = this.#orders;
    const id = new Int32Array(table.length);
    for (let row = 0; row < id.length; row++) id[row] = row;
    return {
      length: table.length,
      id,
      series: table.int32(o.series),
      placedBar: table.int32(o.placedBar),
      kind: table.uint8(o.kind),
      size: table.float64(o.size),
      limit: table.float64(o.limit),
      stop: table.float64(o.stop),
      state: table.uint8(o.state),
      endBar: table.int32(o.endBar),
      fillPrice: table.float64(o.fillPrice),
      commission: table.float64(o.commission),
    };
  }

  #tradeTable(venues: readonly Venue[], tags: readonly string[]): Trades {
    const table = this.#trades;
    const { length } = table;
    const series = table.int32(t.series);
    const size = table.float64(t.size);
    const entryBar = table.int32(t.entryBar);
    const exitBar = table.int32(t.exitBar);
    const entryPrice = table.float64(t.entryPrice);
    const pnl = table.float64(t.pnl);
    const entryTime = new Float64Array(length);
    const exitTime = new Float64Array(length);
    const returns = new Float64Array(length);
    for (let row = 0; row < length; row++) {
      const { time } = venues[series[row]!]!.bars;
      entryTime[row] = time[entryBar[row]!]!;
      exitTime[row] = time[exitBar[row]!]!;
      returns[row] = pnl[row]! / (Math.abs(size[row]!) * entryPrice[row]!);
    }
    return {
      length,
      series,
      size,
      entryBar,
      exitBar,
      entryTime,
      exitTime,
      entryPrice,
      exitPrice: table.float64(t.exitPrice),
      commission: table.float64(t.commission),
      pnl,
      returns,
      open: table.uint8(t.open),
      tag: table.int32(t.tag),
      tags: [...tags],
    };
  }
}
