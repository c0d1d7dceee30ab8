import type { Broker } from './broker/broker.js';
import { cancelAll, closePosition, placeOrder } from './tape/tape.js';
import { TapeError } from './tape/tape-error.js';
import type { TapeReader } from './tape/tape-reader.js';

/** Reads a tape to a broker, bar by bar. */
export class Instructions {
  /** The bar at which something is told next; Infinity where nothing is left in the block. */
  nextBar = Infinity;
  readonly #rows: TapeReader;
  readonly #broker: Broker;

  constructor(rows: TapeReader, broker: Broker) {
    this.#rows = rows;
    this.#broker = broker;
  }

  /** Goes on with the block that the reader has opened. */
  begin(): void {
    this.nextBar = this.#rows.next() ? this.#rows.step : Infinity;
  }

  giveAt(bar: number): void {
    while (this.nextBar === bar) {
      this.#give();
      this.nextBar = this.#rows.next() ? this.#rows.step : Infinity;
    }
  }

  /** @throws TapeError where rows are left that belong to no bar of the run. */
  end(): void {
    if (this.nextBar === Infinity) return;
    throw new TapeError(`Row ${this.#rows.row} of the tape is for bar ${this.nextBar}, but trading ended before.`);
  }

  #give(): void {
    const { row, action, series, share, target } = this.#rows;
    if (series >= this.#broker.venues.length) {
      throw new TapeError(`Row ${row} of the tape names series ${series}; the run has ${this.#broker.venues.length}.`);
    }
    if (action === placeOrder) {
      this.#checkLinks();
      this.#broker.place(this.#rows, row);
    } else if (action === closePosition) this.#broker.close(series, share);
    else if (action === cancelAll) this.#broker.cancelAll();
    else {
      // Of an order that has ended there is nothing to cancel: where a tape was made of another, it may end sooner.
      const order = this.#broker.waitingOrder(target);
      if (order) this.#broker.cancel(order);
    }
  }

  /** Other orders that an order names wait; the one that it replaces on its own side of its own series. */
  #checkLinks(): void {
    const { row, series, side, terms } = this.#rows;
    if (terms === null) return;
    for (const named of [terms.oco, terms.after, terms.replaces]) {
      if (named < 0) continue;
      const order = this.#broker.waitingOrder(named);
      if (order && (named !== terms.replaces || (order.series === series && order.side === side))) continue;
      throw new TapeError(`Row ${row} of the tape names row ${named}, of which no order waits that could take part.`);
    }
    if (terms.replaces >= 0 && (terms.replaces === terms.oco || terms.replaces === terms.after)) {
      throw new TapeError(`Row ${row} of the tape replaces row ${terms.replaces} and takes part in it as well.`);
    }
  }
}
