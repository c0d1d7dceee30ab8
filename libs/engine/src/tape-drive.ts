import type { Broker } from './broker/broker.js';
import { coast, mark } from './coast.js';
import type { Instructions } from './instructions.js';
import type { FillModel } from './settings.js';

/** Drives a broker by the instructions of a tape and writes down what the account is worth at every bar. */
export class TapeDrive {
  readonly equity: Float64Array;
  readonly exposure: Float64Array;
  readonly #broker: Broker;
  readonly #instructions: Instructions;
  /** Under `next-open` an order changes nothing at the bar after which it is given: 1, that bar can be passed over too. */
  readonly #heard: number;
  #bar = 0;

  /** `previous` is a drive whose columns may be overwritten: fresh memory costs as much as the run itself. */
  constructor(broker: Broker, instructions: Instructions, fill: FillModel, previous: TapeDrive | null) {
    const { length } = broker.pace;
    this.#broker = broker;
    this.#instructions = instructions;
    this.#heard = fill === 'next-open' ? 1 : 0;
    this.equity = columnOf(length, previous?.equity);
    this.exposure = columnOf(length, previous?.exposure);
  }

  /** How many bars are done. */
  get bar(): number {
    return this.#bar;
  }

  /** Goes on up to a bar, which is left for later; earlier where trading ends. */
  goTo(until: number): void {
    while (this.#bar < until && !this.#broker.isOver) this.#goOn(until);
    this.#instructions.end();
  }

  /** The end of the run, once it has gone over all bars. */
  finish(): void {
    const last = this.equity.length - 1;
    this.#broker.finish();
    if (this.#broker.isOver) {
      this.equity.fill(0, this.#bar);
      this.exposure.fill(0, this.#bar);
    } else if (last >= 0) mark(this.#broker, last, this.equity, this.exposure);
  }

  /** Passes over bars up to the next that needs the broker, and takes that one. */
  #goOn(end: number): void {
    const instructions = this.#instructions;
    const { nextBar } = instructions;
    const until = Math.min(nextBar + this.#heard, end);
    const bar = coast(this.#broker, this.#bar, until, this.equity, this.exposure);
    this.#bar = bar;
    if (bar > nextBar) instructions.giveAt(nextBar);
    if (bar === end) return;
    this.#broker.advance(bar);
    if (this.#broker.isOver) return;
    instructions.giveAt(bar);
    this.#broker.settle();
    mark(this.#broker, bar, this.equity, this.exposure);
    this.#bar = bar + 1;
  }
}

function columnOf(length: number, old: Float64Array | undefined): Float64Array {
  return old && old.length >= length ? old.subarray(0, length) : new Float64Array(length);
}
