import type { Bars } from './bars.js';
import { Book } from './broker/book.js';
import { Broker } from './broker/broker.js';
import { coast } from './coast.js';
import type { BacktestResult } from './results.js';
import type { BacktestSettings } from './settings.js';
import { cancelAll, closePosition, type OrderTape, placeOrder } from './tape/tape.js';
import { TapeError } from './tape/tape-error.js';
import { TapeReader } from './tape/tape-reader.js';
import type { WorkingOrder } from './broker/working-order.js';

/**
 * Drives the broker by a tape: the run again, without the strategy. What it yields is what a report stands on.
 *
 * @param tape as `decodeTape` answered it, or as `runStrategy` made it in this process
 * @throws TapeError where the tape names bars, series or orders that the run does not have, or goes on after its end
 */
export function replay(bars: readonly Bars[], settings: BacktestSettings, tape: OrderTape): BacktestResult {
  const pace = bars[0];
  if (!pace) throw new RangeError('A run needs at least one series of bars.');
  const book = new Book(tape.length);
  const broker = new Broker(bars, settings, book);
  const equity = new Float64Array(pace.length);
  const exposure = new Float64Array(pace.length);
  const instructions = new Instructions(tape, broker);

  // Under `next-open` an order changes nothing at the bar after which it is given: that bar can be passed over too.
  const heard = settings.fill === 'next-open' ? 1 : 0;
  for (let bar = 0; bar < pace.length; bar++) {
    const { nextBar } = instructions;
    bar = coast(broker, bar, Math.min(nextBar + heard, pace.length), equity, exposure);
    if (bar > nextBar) instructions.giveAt(nextBar);
    if (bar === pace.length) break;
    broker.advance(bar);
    if (broker.isOver) break;
    instructions.giveAt(bar);
    broker.settle();
    mark(broker, bar, equity, exposure);
  }
  instructions.end();
  broker.finish();
  if (!broker.isOver && pace.length > 0) mark(broker, pace.length - 1, equity, exposure);
  return book.result(equity, exposure, broker.venues, tape.tags);
}

function mark({ account }: Broker, bar: number, equity: Float64Array, exposure: Float64Array): void {
  const worth = account.equity;
  equity[bar] = worth;
  exposure[bar] = account.exposure / worth;
}

/** Reads a tape to a broker, bar by bar. */
class Instructions {
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
