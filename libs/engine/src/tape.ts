import { noPrices, type OrderPrices, type OrderTicket } from './order-ticket.js';
import { RowTable } from './row-table.js';

export const placeOrder = 0;
export const closePosition = 1;
export const cancelOrder = 2;
export const cancelAll = 3;

/** A run keeps at most so many instructions … */
export const mostInstructions = 1_000_000;
/** … and so many different tags, each of at most so many characters. */
export const mostTags = 1000;
export const longestTag = 64;

/** Where the fields of an instruction stand in its row of `OrderTape.rows`. */
export const tapeFields = {
  /** Bar of the first series after whose close the instruction was given. Never falls from row to row. */
  step: 0,
  /** `placeOrder`, `closePosition`, `cancelOrder` or `cancelAll`. */
  action: 1,
  series: 2,
  /** 1 buys, -1 sells; 0 where the action has no side. */
  side: 3,
  /** Units, and share: 0 where the other is given. */
  units: 4,
  /** Share of the buying power, or of the position to close; above 0, at most 1. */
  share: 5,
  limit: 6,
  stop: 7,
  stopLoss: 8,
  takeProfit: 9,
  /** Index into `tags`. */
  tag: 10,
  /** For `cancelOrder` the row that placed the order; -1 otherwise. */
  row: 11,
} as const;

const f = tapeFields;
const width = 12;

/** What a strategy told the broker, in order: all that leaves the guest and counts. */
export interface OrderTape {
  readonly length: number;
  /** Row after row, each of the `tapeFields`; NaN for a price that was not given. */
  readonly rows: Float64Array;
  /** The first is the empty tag. */
  readonly tags: readonly string[];
}

/** One field of a row of the tape. */
export function fieldAt(tape: OrderTape, row: number, field: number): number {
  return tape.rows[row * width + field]!;
}

/** The terms of the order that a row of the tape places. */
export function ticketAt({ rows }: OrderTape, row: number): OrderTicket {
  const at = row * width;
  return {
    series: rows[at + f.series]!,
    side: rows[at + f.side]!,
    units: rows[at + f.units]!,
    share: rows[at + f.share]!,
    prices: pricesOf(rows[at + f.limit]!, rows[at + f.stop]!, rows[at + f.stopLoss]!, rows[at + f.takeProfit]!),
    tag: rows[at + f.tag]!,
  };
}

export function pricesOf(limit: number, stop: number, stopLoss: number, takeProfit: number): OrderPrices {
  const none = limit !== limit && stop !== stop && stopLoss !== stopLoss && takeProfit !== takeProfit;
  return none ? noPrices : { limit, stop, stopLoss, takeProfit };
}

/** Writes a tape row by row. */
export class TapeWriter {
  readonly tags: string[] = [''];
  readonly #tagIndex = new Map<string, number>([['', 0]]);
  readonly #table = new RowTable(width);

  get length(): number {
    return this.#table.length;
  }

  /** Answers the row that the order has from now on. */
  place(step: number, ticket: OrderTicket): number {
    const at = this.#add(step, placeOrder, ticket.series, ticket.share);
    const { rows } = this.#table;
    const { prices } = ticket;
    rows[at + f.side] = ticket.side;
    rows[at + f.units] = ticket.units;
    rows[at + f.limit] = prices.limit;
    rows[at + f.stop] = prices.stop;
    rows[at + f.stopLoss] = prices.stopLoss;
    rows[at + f.takeProfit] = prices.takeProfit;
    rows[at + f.tag] = ticket.tag;
    return this.#table.length - 1;
  }

  close(step: number, series: number, share: number): void {
    this.#add(step, closePosition, series, share);
  }

  cancel(step: number, row: number): void {
    const at = this.#add(step, cancelOrder, 0, 0);
    this.#table.rows[at + f.row] = row;
  }

  cancelAll(step: number): void {
    this.#add(step, cancelAll, 0, 0);
  }

  /** Index of a tag; it joins the list when it is new, or the answer is -1 when the list is full. */
  tagIndex(tag: string): number {
    const known = this.#tagIndex.get(tag);
    if (known !== undefined) return known;
    if (this.tags.length > mostTags) return -1;
    this.#tagIndex.set(tag, this.tags.length);
    return this.tags.push(tag) - 1;
  }

  /** The tape as it stands. What is written later is not in it. */
  tape(): OrderTape {
    const { length, rows } = this.#table;
    return { length, rows: rows.subarray(0, length * width), tags: [...this.tags] };
  }

  #add(step: number, action: number, series: number, share: number): number {
    if (this.#table.length === mostInstructions) {
      throw new RangeError(
        `The strategy gave ${mostInstructions} instructions, and a run keeps no more. ` +
          'Place orders when something changes, not at every bar.',
      );
    }
    const at = this.#table.add();
    const { rows } = this.#table;
    rows[at + f.step] = step;
    rows[at + f.action] = action;
    rows[at + f.series] = series;
    rows[at + f.side] = 0;
    rows[at + f.units] = 0;
    rows[at + f.share] = share;
    rows[at + f.limit] = NaN;
    rows[at + f.stop] = NaN;
    rows[at + f.stopLoss] = NaN;
    rows[at + f.takeProfit] = NaN;
    rows[at + f.tag] = 0;
    rows[at + f.row] = -1;
    return at;
  }
}
