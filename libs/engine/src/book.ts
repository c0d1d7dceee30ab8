import { GrowingColumn } from './growing-column.js';
import type { Lot } from './holding.js';
import { orderStates, type BacktestResult, type Orders, type Trades } from './results.js';
import type { Venue } from './venue.js';
import type { WorkingOrder } from './working-order.js';

const cancelled = orderStates.indexOf('cancelled');
const filled = orderStates.indexOf('filled');
const rejected = orderStates.indexOf('rejected');
const open = orderStates.indexOf('open');

/** Reasons are kept for the first so many rejected orders; the order table has all of them. */
const keptRejections = 10_000;

/** The records of a run: every order and every trade, as columns. The host keeps one; the guest needs none. */
export class Book {
  readonly #rejections: { orderId: number; bar: number; reason: string }[] = [];
  readonly #orders = {
    series: GrowingColumn.int32(),
    placedBar: GrowingColumn.int32(),
    kind: GrowingColumn.uint8(),
    size: GrowingColumn.float64(),
    limit: GrowingColumn.float64(),
    stop: GrowingColumn.float64(),
    state: GrowingColumn.uint8(),
    endBar: GrowingColumn.int32(),
    fillPrice: GrowingColumn.float64(),
    commission: GrowingColumn.float64(),
  };
  readonly #trades = {
    series: GrowingColumn.int32(),
    size: GrowingColumn.float64(),
    entryBar: GrowingColumn.int32(),
    exitBar: GrowingColumn.int32(),
    entryTime: GrowingColumn.float64(),
    exitTime: GrowingColumn.float64(),
    entryPrice: GrowingColumn.float64(),
    exitPrice: GrowingColumn.float64(),
    commission: GrowingColumn.float64(),
    pnl: GrowingColumn.float64(),
    returns: GrowingColumn.float64(),
    open: GrowingColumn.uint8(),
    tag: GrowingColumn.int32(),
  };

  placed(order: WorkingOrder, bar: number): void {
    const columns = this.#orders;
    order.id = columns.series.length;
    columns.series.push(order.series);
    columns.placedBar.push(bar);
    columns.kind.push(order.kind);
    columns.size.push(order.side * order.units);
    columns.limit.push(order.limit);
    columns.stop.push(order.stop);
    columns.state.push(open);
    columns.endBar.push(-1);
    columns.fillPrice.push(NaN);
    columns.commission.push(0);
  }

  filled(order: WorkingOrder, bar: number, units: number, price: number, commission: number): void {
    const columns = this.#orders;
    columns.size.set(order.id, order.side * units);
    columns.fillPrice.set(order.id, price);
    columns.commission.set(order.id, commission);
    columns.state.set(order.id, filled);
    columns.endBar.set(order.id, bar);
  }

  /** A stop loss or take profit follows the size of the lot that it protects. */
  resized(order: WorkingOrder): void {
    this.#orders.size.set(order.id, order.side * order.units);
  }

  cancelled(order: WorkingOrder, bar: number): void {
    this.#orders.state.set(order.id, cancelled);
    this.#orders.endBar.set(order.id, bar);
  }

  rejected(order: WorkingOrder, bar: number, reason: string): void {
    this.#orders.state.set(order.id, rejected);
    this.#orders.endBar.set(order.id, bar);
    if (this.#rejections.length < keptRejections) this.#rejections.push({ orderId: order.id, bar, reason });
  }

  traded(
    { series, bars }: Venue,
    lot: Lot,
    size: number,
    bar: number,
    price: number,
    commission: number,
    pnl: number,
    isOpen: boolean,
  ): void {
    const columns = this.#trades;
    columns.series.push(series);
    columns.size.push(size);
    columns.entryBar.push(lot.entryBar);
    columns.exitBar.push(bar);
    columns.entryTime.push(bars.time[lot.entryBar]!);
    columns.exitTime.push(bars.time[bar]!);
    columns.entryPrice.push(lot.entryPrice);
    columns.exitPrice.push(price);
    columns.commission.push(commission);
    columns.pnl.push(pnl);
    columns.returns.push(pnl / (Math.abs(size) * lot.entryPrice));
    columns.open.push(isOpen ? 1 : 0);
    columns.tag.push(lot.tag);
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
        this.traded(
          venue,
          lot,
          size,
          cursor.index,
          mark,
          lot.entryFee,
          size * (mark - lot.entryPrice) - lot.entryFee,
          true,
        );
      }
    }
    return {
      equity,
      exposure,
      trades: this.#tradeTable(tags),
      orders: this.#orderTable(),
      rejections: this.#rejections,
    };
  }

  #orderTable(): Orders {
    const columns = this.#orders;
    const length = columns.series.length;
    return {
      length,
      id: Int32Array.from({ length }, (_, id) => id),
      series: columns.series.values(),
      placedBar: columns.placedBar.values(),
      kind: columns.kind.values(),
      size: columns.size.values(),
      limit: columns.limit.values(),
      stop: columns.stop.values(),
      state: columns.state.values(),
      endBar: columns.endBar.values(),
      fillPrice: columns.fillPrice.values(),
      commission: columns.commission.values(),
    };
  }

  #tradeTable(tags: readonly string[]): Trades {
    const columns = this.#trades;
    return {
      length: columns.series.length,
      series: columns.series.values(),
      size: columns.size.values(),
      entryBar: columns.entryBar.values(),
      exitBar: columns.exitBar.values(),
      entryTime: columns.entryTime.values(),
      exitTime: columns.exitTime.values(),
      entryPrice: columns.entryPrice.values(),
      exitPrice: columns.exitPrice.values(),
      commission: columns.commission.values(),
      pnl: columns.pnl.values(),
      returns: columns.returns.values(),
      open: columns.open.values(),
      tag: columns.tag.values(),
      tags: [...tags],
    };
  }
}
