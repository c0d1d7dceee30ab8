import { GrowingColumn } from './growing-column.js';
import type { OrderTicket } from './order-ticket.js';

export const placeOrder = 0;
export const closePosition = 1;
export const cancelOrder = 2;
export const cancelAll = 3;

/** A run keeps at most so many instructions … */
export const mostInstructions = 2_000_000;
/** … and so many different tags, each of at most so many characters. */
export const mostTags = 1000;
export const longestTag = 64;

/** What a strategy told the broker, in order: all that leaves the guest and counts. Columns of equal length; NaN where nothing was given. */
export interface OrderTape {
  readonly length: number;
  /** Bar of the first series after whose close the instruction was given. Never falls. */
  readonly step: Int32Array;
  /** `placeOrder`, `closePosition`, `cancelOrder` or `cancelAll`. */
  readonly action: Uint8Array;
  readonly series: Int32Array;
  /** 1 buys, -1 sells; 0 where the action has no side. */
  readonly side: Int32Array;
  readonly units: Float64Array;
  /** Share of the buying power, or of the position to close; above 0, at most 1. */
  readonly share: Float64Array;
  readonly limit: Float64Array;
  readonly stop: Float64Array;
  readonly stopLoss: Float64Array;
  readonly takeProfit: Float64Array;
  /** Index into `tags`. */
  readonly tag: Int32Array;
  /** For `cancelOrder` the row that placed the order; -1 otherwise. */
  readonly row: Int32Array;
  /** The first is the empty tag. */
  readonly tags: readonly string[];
}

/** The terms of the order that a row of the tape places. */
export function ticketAt(tape: OrderTape, row: number): OrderTicket {
  return {
    series: tape.series[row]!,
    side: tape.side[row]!,
    units: tape.units[row]!,
    share: tape.share[row]!,
    limit: tape.limit[row]!,
    stop: tape.stop[row]!,
    stopLoss: tape.stopLoss[row]!,
    takeProfit: tape.takeProfit[row]!,
    tag: tape.tag[row]!,
  };
}

/** Writes a tape row by row. */
export class TapeWriter {
  readonly tags: string[] = [''];
  readonly #tagIndex = new Map<string, number>([['', 0]]);
  readonly #step = GrowingColumn.int32();
  readonly #action = GrowingColumn.uint8();
  readonly #series = GrowingColumn.int32();
  readonly #side = GrowingColumn.int32();
  readonly #units = GrowingColumn.float64();
  readonly #share = GrowingColumn.float64();
  readonly #limit = GrowingColumn.float64();
  readonly #stop = GrowingColumn.float64();
  readonly #stopLoss = GrowingColumn.float64();
  readonly #takeProfit = GrowingColumn.float64();
  readonly #tag = GrowingColumn.int32();
  readonly #row = GrowingColumn.int32();

  get length(): number {
    return this.#step.length;
  }

  /** Answers the row that the order has from now on. */
  place(step: number, ticket: OrderTicket): number {
    this.#write(step, placeOrder, ticket, -1);
    return this.length - 1;
  }

  close(step: number, series: number, share: number): void {
    this.#write(step, closePosition, { ...blank, series, share }, -1);
  }

  cancel(step: number, row: number): void {
    this.#write(step, cancelOrder, blank, row);
  }

  cancelAll(step: number): void {
    this.#write(step, cancelAll, blank, -1);
  }

  /** Index of a tag; it joins the list when it is new, or the answer is -1 when the list is full. */
  tagIndex(tag: string): number {
    const known = this.#tagIndex.get(tag);
    if (known !== undefined) return known;
    if (this.tags.length > mostTags) return -1;
    this.#tagIndex.set(tag, this.tags.length);
    return this.tags.push(tag) - 1;
  }

  tape(): OrderTape {
    return {
      length: this.length,
      step: this.#step.values(),
      action: this.#action.values(),
      series: this.#series.values(),
      side: this.#side.values(),
      units: this.#units.values(),
      share: this.#share.values(),
      limit: this.#limit.values(),
      stop: this.#stop.values(),
      stopLoss: this.#stopLoss.values(),
      takeProfit: this.#takeProfit.values(),
      tag: this.#tag.values(),
      row: this.#row.values(),
      tags: [...this.tags],
    };
  }

  #write(step: number, action: number, ticket: OrderTicket, row: number): void {
    if (this.length === mostInstructions) {
      throw new RangeError(
        `The strategy gave ${mostInstructions} instructions, and a run keeps no more. Place orders when something changes, not at every bar.`,
      );
    }
    this.#step.push(step);
    this.#action.push(action);
    this.#series.push(ticket.series);
    this.#side.push(ticket.side);
    this.#units.push(ticket.units);
    this.#share.push(ticket.share);
    this.#limit.push(ticket.limit);
    this.#stop.push(ticket.stop);
    this.#stopLoss.push(ticket.stopLoss);
    this.#takeProfit.push(ticket.takeProfit);
    this.#tag.push(ticket.tag);
    this.#row.push(row);
  }
}

const blank: OrderTicket = {
  series: 0,
  side: 0,
  units: NaN,
  share: NaN,
  limit: NaN,
  stop: NaN,
  stopLoss: NaN,
  takeProfit: NaN,
  tag: 0,
};
