import { ByteWriter } from './byte-writer.js';
import type { OrderTerms } from '../broker/order-terms.js';
import type { OrderTicket } from '../broker/order-ticket.js';

export const placeOrder = 0;
export const closePosition = 1;
export const cancelOrder = 2;
export const cancelAll = 3;

/** A run keeps at most so many instructions … */
export const mostInstructions = 1_000_000;
/** … and so many different tags, each of at most so many characters. */
export const mostTags = 1000;
export const longestTag = 64;

/*
 * The tape is what a strategy told the broker, in order: all that leaves the guest and counts. It is written in blocks,
 * so that the host can follow a run while it goes on; a whole tape is its blocks one after another. A block is
 *
 *   how many bars of the run are done once it is heard · how many new tags, and these · how many rows, and these.
 *
 * A row is two bytes of flags, how many bars it lies after the row before, and only the fields that its flags name: a
 * market order for all the money takes three bytes. Rows are counted through the whole tape.
 */
export const smallestRow = 3;
const largestRow = 160;

/** Bits of a row's first byte. The two lowest are the action. */
export const has = {
  sale: 1 << 2,
  units: 1 << 3,
  limit: 1 << 4,
  stop: 1 << 5,
  stopLoss: 1 << 6,
  takeProfit: 1 << 7,
} as const;

/** Bits of its second byte. A share that is not there is 1, where there are no units; a tag or series is 0. */
export const also = { share: 1 << 0, tag: 1 << 1, series: 1 << 2, terms: 1 << 3 } as const;

/** Bits of the two bytes that an order's further terms begin with. */
export const term = {
  trail: 1 << 0,
  trailFraction: 1 << 1,
  stopTrail: 1 << 2,
  stopTrailFraction: 1 << 3,
  touch: 1 << 4,
  goodTill: 1 << 5,
  oco: 1 << 6,
  after: 1 << 7,
} as const;
/** … and of the second: session and time in force take two bits each. */
export const manner = { session: 0, timeInForce: 2, reduceOnly: 1 << 4, replaces: 1 << 5 } as const;

const headSize = 16;

/** Writes a tape row by row, and hands it out block by block. */
export class TapeWriter {
  /** How many rows were written in all. */
  length = 0;
  readonly #tagIndex = new Map<string, number>([['', 0]]);
  readonly #tags = [''];
  #newTags: string[] = [];
  #rows = new ByteWriter();
  #rowsBefore = 0;
  #step = 0;
  /** The row before which the run breaks off; mostInstructions where it does not. */
  readonly #end: number;

  /** `breakAt` is the row at whose writing an error is thrown, for whoever asks which line of the strategy writes it. */
  constructor(breakAt = mostInstructions) {
    this.#end = Math.min(breakAt, mostInstructions);
  }

  place(step: number, ticket: OrderTicket): void {
    const { series, side, units, share, prices, terms, tag } = ticket;
    const { limit, stop, stopLoss, takeProfit } = prices;
    let flags = placeOrder;
    if (side < 0) flags |= has.sale;
    if (units > 0) flags |= has.units;
    if (limit === limit) flags |= has.limit;
    if (stop === stop) flags |= has.stop;
    if (stopLoss === stopLoss) flags |= has.stopLoss;
    if (takeProfit === takeProfit) flags |= has.takeProfit;
    this.#begin(step, flags, units > 0 ? 1 : share, tag, series, terms === null ? 0 : also.terms);
    const bytes = this.#rows;
    if (units > 0) bytes.float64(units);
    if (limit === limit) bytes.float64(limit);
    if (stop === stop) bytes.float64(stop);
    if (stopLoss === stopLoss) bytes.float64(stopLoss);
    if (takeProfit === takeProfit) bytes.float64(takeProfit);
    if (terms !== null) putTerms(bytes, terms);
  }

  close(step: number, series: number, share: number): void {
    this.#begin(step, closePosition, share, 0, series, 0);
  }

  cancel(step: number, row: number): void {
    this.#begin(step, cancelOrder, 1, 0, 0, 0);
    this.#rows.count(row);
  }

  cancelAll(step: number): void {
    this.#begin(step, cancelAll, 1, 0, 0, 0);
  }

  /** The tag at an index. */
  tagOf(index: number): string {
    return this.#tags[index]!;
  }

  /** Index of a tag; it joins the list when it is new, or the answer is -1 when the list is full. */
  tagIndex(tag: string): number {
    const known = this.#tagIndex.get(tag);
    if (known !== undefined) return known;
    const index = this.#tagIndex.size;
    if (index > mostTags) return -1;
    this.#tagIndex.set(tag, index);
    this.#tags.push(tag);
    this.#newTags.push(tag);
    return index;
  }

  /** The block of what was written since the last one; `done` bars of the run lie behind it. */
  block(done: number): Uint8Array {
    const block = new ByteWriter();
    block.require(headSize);
    block.count(done);
    block.count(this.#newTags.length);
    for (const tag of this.#newTags) block.text(tag);
    block.require(headSize);
    block.count(this.length - this.#rowsBefore);
    block.append(this.#rows);
    this.#newTags = [];
    this.#rows.clear();
    this.#rowsBefore = this.length;
    return block.bytes();
  }

  #begin(step: number, flags: number, share: number, tag: number, series: number, more: number): void {
    if (this.length === this.#end) {
      if (this.#end < mostInstructions) throw new RangeError(`Row ${this.#end} of the tape is written here.`);
      throw new RangeError(
        `The strategy gave ${mostInstructions} instructions, and a run keeps no more. ` +
          'Place orders when something changes, not at every bar.',
      );
    }
    this.length++;
    const bytes = this.#rows;
    bytes.require(largestRow);
    bytes.byte(flags);
    bytes.byte((share === 1 ? 0 : also.share) | (tag > 0 ? also.tag : 0) | (series > 0 ? also.series : 0) | more);
    bytes.count(step - this.#step);
    this.#step = step;
    if (share !== 1) bytes.float64(share);
    if (tag > 0) bytes.count(tag);
    if (series > 0) bytes.count(series);
  }
}

/** Two bytes that say which terms follow, and these. */
function putTerms(bytes: ByteWriter, terms: OrderTerms): void {
  const { trail, trailFraction, stopTrail, stopTrailFraction, touch, goodTill, oco, after, replaces } = terms;
  let flags = 0;
  if (trail === trail) flags |= term.trail;
  if (trailFraction === trailFraction) flags |= term.trailFraction;
  if (stopTrail === stopTrail) flags |= term.stopTrail;
  if (stopTrailFraction === stopTrailFraction) flags |= term.stopTrailFraction;
  if (touch === touch) flags |= term.touch;
  if (goodTill === goodTill) flags |= term.goodTill;
  if (oco >= 0) flags |= term.oco;
  if (after >= 0) flags |= term.after;
  bytes.byte(flags);
  let manners = (terms.session << manner.session) | (terms.timeInForce << manner.timeInForce);
  if (terms.reduceOnly) manners |= manner.reduceOnly;
  if (replaces >= 0) manners |= manner.replaces;
  bytes.byte(manners);
  for (const value of [trail, trailFraction, stopTrail, stopTrailFraction, touch, goodTill]) {
    if (value === value) bytes.float64(value);
  }
  for (const row of [oco, after, replaces]) if (row >= 0) bytes.count(row);
}
