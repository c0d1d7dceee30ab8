import type { Bars } from './bars.js';
import { Book } from './book.js';
import { Broker } from './broker.js';
import { coast } from './coast.js';
import type { BacktestResult } from './results.js';
import type { BacktestSettings } from './settings.js';
import { cancelAll, cancelOrder, closePosition, type OrderTape, placeOrder, ticketAt } from './tape.js';
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
  const instructions = new Instructions(tape, broker, pace.length);

  for (let bar = 0; bar < pace.length; bar++) {
    bar = coast(broker, bar, instructions.nextBar, equity, exposure);
    if (bar === pace.length) break;
    broker.advance(bar);
    if (broker.isOver) break;
    instructions.giveAt(bar);
    broker.settle(pace.knownAt[bar]!);
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
  readonly #bars: number;
  /** Orders that a later row cancels, by the row that placed them. */
  readonly #cancellable = new Map<number, WorkingOrder | null>();
  #row = 0;

  constructor(tape: OrderTape, broker: Broker, bars: number) {
    this.#tape = tape;
    this.#broker = broker;
    this.#bars = bars;
    for (let row = 0; row < tape.length; row++) {
      if (tape.action[row] === cancelOrder) this.#cancellable.set(tape.row[row]!, null);
    }
  }

  /** The bar at which something is told next; the number of bars where nothing is. */
  get nextBar(): number {
    return this.#row < this.#tape.length ? Math.min(this.#tape.step[this.#row]!, this.#bars) : this.#bars;
  }

  giveAt(bar: number): void {
    const { length, step } = this.#tape;
    while (this.#row < length && step[this.#row] === bar) this.#give(this.#row++);
  }

  /** @throws TapeError where rows are left that belong to no bar of the run. */
  end(): void {
    if (this.#row === this.#tape.length) return;
    throw new TapeError(
      `Row ${this.#row} of the tape is for bar ${this.#tape.step[this.#row]}, but trading ended before.`,
    );
  }

  #give(row: number): void {
    const tape = this.#tape;
    const series = tape.series[row]!;
    if (!(series >= 0 && series < this.#broker.venues.length)) {
      throw new TapeError(`Row ${row} of the tape names series ${series}; the run has ${this.#broker.venues.length}.`);
    }
    switch (tape.action[row]) {
      case placeOrder: {
        const order = this.#broker.place(ticketAt(tape, row));
        if (this.#cancellable.has(row)) this.#cancellable.set(row, order);
        return;
      }
      case closePosition:
        this.#broker.close(series, tape.share[row]!);
        return;
      case cancelOrder: {
        const order = this.#cancellable.get(tape.row[row]!);
        if (!order)
          throw new TapeError(`Row ${row} of the tape cancels row ${tape.row[row]}, which is not an order before it.`);
        this.#broker.cancel(order);
        return;
      }
      case cancelAll:
        this.#broker.cancelAll();
        return;
      default:
        throw new TapeError(`Row ${row} of the tape has the unknown action ${tape.action[row]}.`);
    }
  }
}
