import type { Broker } from './broker/broker.js';
import type { WorkingOrder } from './broker/working-order.js';
import { cancelAll, closePosition, type OrderTape, placeOrder } from './tape/tape.js';
import { TapeError } from './tape/tape-error.js';
import { TapeReader } from './tape/tape-reader.js';

/** Reads a tape to a broker, bar by bar. */
export class Instructions {
  readonly #rows: TapeReader;
  readonly #broker: Broker;
  /** Orders that a later row cancels, by the row that placed them. */
  readonly #cancellable = new Map<number, WorkingOrder>();
  readonly #cancelled: ReadonlySet<number>;
  /** The bar at which something is told next; Infinity where nothing is. */
  nextBar: number;

  constructor(tape: OrderTape, broker: Broker) {
    this.#rows = new TapeReader(tape);
    this.#broker = broker;
    this.#cancelled = tape.cancelled;
    this.nextBar = this.#rows.next() ? this.#rows.step : Infinity;
  }

  giveAt(bar: number): void {
    while (this.nextBar === bar) {
      this.#give(this.#rows);
      this.nextBar = this.#rows.next() ? this.#rows.step : Infinity;
    }
  }

  /** @throws TapeError where rows are left that belong to no bar of the run. */
  end(): void {
    if (this.nextBar === Infinity) return;
    throw new TapeError(`Row ${this.#rows.row} of the tape is for bar ${this.nextBar}, but trading ended before.`);
  }

  #give({ row, action, series, share, target }: TapeReader): void {
    if (series >= this.#broker.venues.length) {
      throw new TapeError(`Row ${row} of the tape names series ${series}; the run has ${this.#broker.venues.length}.`);
    }
    if (action === placeOrder) {
      const order = this.#broker.place(this.#rows);
      if (this.#cancelled.has(row)) this.#cancellable.set(row, order);
    } else if (action === closePosition) this.#broker.close(series, share);
    else if (action === cancelAll) this.#broker.cancelAll();
    else {
      const order = this.#cancellable.get(target);
      if (!order) throw new TapeError(`Row ${row} of the tape cancels row ${target}, which placed no order.`);
      this.#broker.cancel(order);
    }
  }
}
