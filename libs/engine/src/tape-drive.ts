import type { Broker } from './broker/broker.js';
import { coast } from './coast.js';
import type { Instructions } from './instructions.js';
import type { FillModel } from './settings.js';

/** Drives a broker by the instructions of a tape and writes down what the account is worth at every bar. */
export class TapeDrive {
  readonly equity: Float64Array;
  readonly exposure: Float64Array;
  readonly #broker: Broker;
  readonly #instructions: Instructions;
  readonly #length: number;
  /** Under `next-open` an order changes nothing at the bar after which it is given: 1, that bar can be passed over too. */
  readonly #heard: number;

  constructor(broker: Broker, instructions: Instructions, fill: FillModel) {
    this.#broker = broker;
    this.#instructions = instructions;
    this.#length = broker.venues[0]!.bars.length;
    this.#heard = fill === 'next-open' ? 1 : 0;
    this.equity = new Float64Array(this.#length);
    this.exposure = new Float64Array(this.#length);
  }

  run(): this {
    let bar = 0;
    while (bar < this.#length && !this.#broker.isOver) bar = this.#goOn(bar);
    this.#instructions.end();
    this.#broker.finish();
    if (!this.#broker.isOver && this.#length > 0) this.#mark(this.#length - 1);
    return this;
  }

  /** Passes over bars up to the next that needs the broker, and takes that one. Answers the bar to go on with. */
  #goOn(from: number): number {
    const instructions = this.#instructions;
    const { nextBar } = instructions;
    const until = Math.min(nextBar + this.#heard, this.#length);
    const bar = coast(this.#broker, from, until, this.equity, this.exposure);
    if (bar > nextBar) instructions.giveAt(nextBar);
    if (bar === this.#length) return bar;
    this.#broker.advance(bar);
    if (this.#broker.isOver) return bar;
    instructions.giveAt(bar);
    this.#broker.settle();
    this.#mark(bar);
    return bar + 1;
  }

  #mark(bar: number): void {
    const { account } = this.#broker;
    const worth = account.equity;
    this.equity[bar] = worth;
    this.exposure[bar] = account.exposure / worth;
  }
}
