import { cut, grown } from './columns.js';
import type { Fills, Orders } from '../results.js';
import { RowTable } from '../row-table.js';
import type { WorkingOrder } from './working-order.js';

/** What a fill is told by where its order does not tell it. */
interface FillDetails {
  readonly bar: number;
  readonly units: number;
  readonly price: number;
  readonly commission: number;
  readonly slippage: number;
  readonly spread: number;
}

const fields = ['bar', 'units', 'price', 'commission', 'slippage', 'spread'] as const;

/**
 * Every fill of a run, in the order in which they happened. An order that filled whole at once and lost nothing to slippage
 * or spread, as most do, has all of its fill in the order table: it is noted by its row alone.
 */
export class FillTable {
  #length = 0;
  #order: Int32Array = new Int32Array(64);
  /** Places in the log and fields of those fills that the order table does not tell. */
  readonly #told = new RowTable(1 + fields.length);

  /** An order filled whole, at once and at the bar's own price. */
  plain(order: WorkingOrder): void {
    if (this.#length === this.#order.length) this.#order = grown(this.#order, this.#length * 2);
    this.#order[this.#length++] = order.id;
  }

  add(order: WorkingOrder, details: FillDetails): void {
    const at = this.#told.add();
    this.#told.rows[at] = this.#length;
    for (let field = 0; field < fields.length; field++) this.#told.rows[at + 1 + field] = details[fields[field]!];
    this.plain(order);
  }

  /** Forgets all fills and keeps the room for others. */
  clear(): void {
    this.#length = 0;
    this.#told.length = 0;
  }

  /** @param orders the order table when the run is over */
  fills(orders: Orders): Fills {
    const length = this.#length;
    const order = cut(this.#order, length);
    const fills = {
      length,
      order,
      bar: picked(orders.endBar, order, new Int32Array(length)),
      units: picked(orders.filled, order, new Float64Array(length)),
      price: picked(orders.fillPrice, order, new Float64Array(length)),
      commission: picked(orders.commission, order, new Float64Array(length)),
      slippage: new Float64Array(length),
      spread: new Float64Array(length),
    };
    const { rows, width, length: told } = this.#told;
    for (let at = 0; at < told * width; at += width) {
      for (let field = 0; field < fields.length; field++) fills[fields[field]!][rows[at]!] = rows[at + 1 + field]!;
    }
    return fills;
  }
}

/** The values of a column at these rows, put into another. */
function picked<T extends Float64Array | Int32Array>(column: T, rows: Int32Array, into: T): T {
  for (let i = 0; i < rows.length; i++) into[i] = column[rows[i]!]!;
  return into;
}
