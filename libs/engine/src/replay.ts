import type { Bars } from './bars.js';
import { Book } from './book.js';
import { Broker } from './broker.js';
import { coast } from './coast.js';
import type { BacktestResult } from './results.js';
import type { BacktestSettings } from './settings.js';
import {
  cancelAll,
  cancelOrder,
  closePosition,
  fieldAt,
  type OrderTape,
  placeOrder,
  tapeFields as f,
  ticketAt,
} from './tape.js';
import { TapeError } from './tape-error.js';
import type { WorkingOrder } from './working-order.js';

/**
 * Drives the broker by a tape: the run again, without the strategy. What it yields is what a report stands on.
 *
 * @param tape as `decodeTape` answered it, or as `runStrategy` made it in this process
 * @throws TapeError where the tape names bars, series or orders that the run does not have, or goes on after its end
 */
export function replay(bars: readonly Bars[], settings: BacktestSettings, tape: OrderTape): BacktestResult {
  const pace = bars[0];
  if (!pace) throw new RangeError('A run needs at least one series of bars.');
  const book = new Book();
  const broker = new Broker(bars, settings, book);
  const equity = new Float64Array(pace.length);
  const exposure = new Float64Array(pace.length);
  const instructions = new Instructions(tape, broker);

  for (let bar = 0; bar < pace.length; bar++) {
    bar = coast(broker, bar, Math.min(instructions.nextBar, pace.length), equity, exposure);
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
  readonly #tape: OrderTape;
  readonly #broker: Broker;
  /** Orders that a later row cancels, by the row that placed them. */
  readonly #cancellable = new Map<number, WorkingOrder | null>();
  #row = 0;
  /** The bar at which something is told next; Infinity where nothing is. */
  nextBar: number;

  constructor(tape: OrderTape, broker: Broker) {
    this.#tape = tape;
    this.#broker = broker;
    for (let row = 0; row < tape.length; row++) {
      if (fieldAt(tape, row, f.action) === cancelOrder) this.#cancellable.set(fieldAt(tape, row, f.row), null);
    }
    this.nextBar = this.#nextBar();
  }

  giveAt(bar: number): void {
    while (this.nextBar === bar) {
      this.#give(this.#row++);
      this.nextBar = this.#nextBar();
    }
  }

  /** @throws TapeError where rows are left that belong to no bar of the run. */
  end(): void {
    if (this.#row === this.#tape.length) return;
    throw new TapeError(`Row ${this.#row} of the tape is for bar ${this.nextBar}, but trading ended before.`);
  }

  #nextBar(): number {
    return this.#row < this.#tape.length ? fieldAt(this.#tape, this.#row, f.step) : Infinity;
  }

  #give(row: number): void {
    const tape = this.#tape;
    const series = fieldAt(tape, row, f.series);
    if (!(series >= 0 && series < this.#broker.venues.length)) {
      throw new TapeError(`Row ${row} of the tape names series ${series}; the run has ${this.#broker.venues.length}.`);
    }
    const action = fieldAt(tape, row, f.action);
    switch (action) {
      case placeOrder: {
        const order = this.#broker.place(ticketAt(tape, row));
        if (this.#cancellable.size > 0 && this.#cancellable.has(row)) this.#cancellable.set(row, order);
        return;
      }
      case closePosition:
        this.#broker.close(series, fieldAt(tape, row, f.share));
        return;
      case cancelOrder: {
        const target = fieldAt(tape, row, f.row);
        const order = this.#cancellable.get(target);
        if (!order) throw new TapeError(`Row ${row} of the tape cancels row ${target}, which placed no order.`);
        this.#broker.cancel(order);
        return;
      }
      case cancelAll:
        this.#broker.cancelAll();
        return;
      default:
        throw new TapeError(`Row ${row} of the tape has the unknown action ${action}.`);
    }
  }
}
