import type { Bars } from './bars.js';
import { Book } from './broker/book.js';
import { Broker } from './broker/broker.js';
import { Instructions } from './instructions.js';
import type { RunInProgress } from './metrics/run-watch.js';
import type { BacktestResult, Orders } from './results.js';
import type { BacktestSettings } from './settings.js';
import { TapeDrive } from './tape-drive.js';
import { TapeError } from './tape/tape-error.js';
import { TapeReader } from './tape/tape-reader.js';

/**
 * Drives the broker by a tape: the run again, without the strategy. It follows the run block by block, while the
 * strategy still goes on. What it yields is what a report stands on.
 */
export class Replay {
  readonly #length: number;
  readonly #broker: Broker;
  readonly #book: Book;
  readonly #rows = new TapeReader();
  readonly #instructions: Instructions;
  readonly #drive: TapeDrive;

  /** `previous` is one that has ended and whose result may be overwritten: its memory is used again. */
  constructor(
    bars: readonly Bars[],
    settings: BacktestSettings,
    previous: Replay | null = null,
    book = previous ? previous.#book.clear() : new Book(),
  ) {
    this.#book = book;
    this.#broker = new Broker(bars, settings, this.#book);
    this.#length = this.#broker.pace.length;
    this.#instructions = new Instructions(this.#rows, this.#broker);
    this.#drive = new TapeDrive(this.#broker, this.#instructions, settings.fill, previous && previous.#drive);
  }

  /**
   * Takes the next block of the tape, or several, and goes as far as they do.
   * @throws TapeError where the tape is not one that a run of ours could have made: it names bars, series or orders that
   * the run does not have, or goes on after its end
   */
  take(bytes: Uint8Array): void {
    this.#rows.open(bytes);
    while (this.#rows.nextBlock()) {
      const { done } = this.#rows;
      if (done > this.#length) throw new TapeError(`The tape goes on to bar ${done} of ${this.#length}.`);
      this.#instructions.begin();
      this.#drive.goTo(done);
    }
  }

  /** The columns of the run, its trades so far, and how many bars are known for good. */
  get progress(): RunInProgress {
    const { equity, exposure, bar } = this.#drive;
    // The last bar may be marked anew when the run ends.
    return { equity, exposure, trades: this.#book.trades.trades([]), bars: Math.min(bar, this.#length - 1) };
  }

  /** The orders so far. Those before `settled` have ended and will not change any more. */
  get orders(): Orders & { readonly settled: number } {
    return { ...this.#book.orders.orders(), settled: this.#book.orders.settled };
  }

  /**
   * The result, once the whole tape was taken.
   * @throws TapeError where it ended before the run did
   */
  finish(): BacktestResult {
    const { done, tags } = this.#rows;
    if (done < this.#length && !this.#broker.isOver) {
      throw new TapeError(`The tape ends at bar ${done} of ${this.#length}, and trading had not ended.`);
    }
    this.#drive.finish();
    this.#book.ledger.reconcile(this.#broker.account.cash);
    return this.#book.result(this.#drive.equity, this.#drive.exposure, this.#broker.venues, tags);
  }
}

/**
 * The result of a whole tape.
 * @throws TapeError as `Replay`
 */
export function replay(bars: readonly Bars[], settings: BacktestSettings, tape: Uint8Array): BacktestResult {
  const run = new Replay(bars, settings);
  run.take(tape);
  return run.finish();
}
