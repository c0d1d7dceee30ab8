import { ByteReader } from './byte-reader.js';
import { orderFault } from '../broker/order-fault.js';
import { type OrderTerms, sessionClose } from '../broker/order-terms.js';
import { noPrices, type OrderPrices, type OrderTicket } from '../broker/order-ticket.js';
import {
  also,
  cancelOrder,
  closePosition,
  has,
  longestTag,
  manner,
  mostInstructions,
  mostTags,
  placeOrder,
  smallestRow,
  term,
} from './tape.js';
import { TapeError } from './tape-error.js';

const anyPrice = has.limit | has.stop | has.stopLoss | has.takeProfit;
const anyField = has.sale | has.units | anyPrice;

/**
 * Reads a tape block by block, row by row. The bytes come from the guest, so nothing about them is believed: counts,
 * texts and every row are held to what the trader would have let through. The row that was read last stands in the
 * fields; an order is its own ticket.
 */
export class TapeReader implements OrderTicket {
  /** The row that was read last, -1 before the first. */
  row = -1;
  /** Bar of the first series after whose close the instruction was given. Never falls from row to row. */
  step = 0;
  /** `placeOrder`, `closePosition`, `cancelOrder` or `cancelAll`. */
  action = placeOrder;
  series = 0;
  side = 1;
  units = 0;
  share = 1;
  prices: OrderPrices = noPrices;
  terms: OrderTerms | null = null;
  tag = 0;
  /** The row whose order is cancelled. */
  target = -1;
  /** How many bars of the run are done once the current block is heard. Never falls from block to block. */
  done = 0;
  /** The first is the empty tag. */
  readonly tags: string[] = [''];
  #bytes = new ByteReader(new Uint8Array());
  #rowsLeft = 0;

  /** Takes the next bytes of the tape, one block or several, once those before are read. */
  open(bytes: Uint8Array): void {
    this.#bytes = new ByteReader(bytes);
  }

  /**
   * Goes on to the next block of these bytes; false when there is none.
   * @throws TapeError where it is not one that a run of ours could have written
   */
  nextBlock(): boolean {
    if (this.#bytes.left === 0) return false;
    this.#openBlock();
    return true;
  }

  /**
   * Goes on to the next row of the block; false when there is none.
   * @throws TapeError where the row is not one that a run of ours could have written
   */
  next(): boolean {
    if (this.#rowsLeft === 0) return false;
    this.#rowsLeft--;
    this.row++;
    const bytes = this.#bytes;
    const first = bytes.byte();
    const second = bytes.byte();
    if (second > (also.share | also.tag | also.series | also.terms)) this.#refuse('has flags that mean nothing');
    this.step += bytes.count();
    if (this.step >= this.done) {
      this.#refuse(`is for bar ${this.step}, but its block ends before bar ${this.done}`);
    }
    this.action = first & 3;
    this.side = first & has.sale ? -1 : 1;
    this.share = second & also.share ? this.#positive() : first & has.units ? 0 : 1;
    this.tag = second & also.tag ? bytes.count() : 0;
    this.series = second & also.series ? bytes.count() : 0;
    this.units = first & has.units ? this.#positive() : 0;
    this.prices = first & anyPrice ? this.#readPrices(first) : noPrices;
    this.terms = second & also.terms ? this.#readTerms() : null;
    if (this.tag >= this.tags.length) this.#refuse(`names tag ${this.tag}, which it lacks`);

    if (this.action === placeOrder) {
      const fault = orderFault(this);
      if (fault) this.#refuse(`places a faulty order: ${fault}`);
      return true;
    }
    const alien =
      this.action === closePosition ? also.tag | also.terms : also.share | also.tag | also.series | also.terms;
    if (first & anyField || second & alien) this.#refuse('has fields that its action does not take');
    if (this.share > 1) this.#refuse(`closes a share of ${this.share}`);
    if (this.action === cancelOrder) {
      this.target = bytes.count();
      if (this.target >= this.row) this.#refuse(`cancels row ${this.target}, which is not before it`);
    }
    return true;
  }

  #openBlock(): void {
    const bytes = this.#bytes;
    const done = bytes.count();
    if (done < this.done) throw new TapeError(`A block of the tape ends at bar ${done}, after one at ${this.done}.`);
    this.done = done;
    this.#readTags(bytes.count());
    const rows = bytes.count();
    if (this.row + 1 + rows > mostInstructions || rows * smallestRow > bytes.left) {
      throw new TapeError(`A block of the tape claims ${rows} rows, more than it can hold.`);
    }
    this.#rowsLeft = rows;
  }

  #readTags(count: number): void {
    if (this.tags.length + count > mostTags + 1) {
      throw new TapeError(`The tape claims ${this.tags.length - 1 + count} tags; at most ${mostTags} are allowed.`);
    }
    for (let i = 0; i < count; i++) {
      const tag = this.#bytes.text(longestTag);
      if (this.tags.includes(tag)) throw new TapeError('A tag stands on the tape twice.');
      this.tags.push(tag);
    }
  }

  #readPrices(first: number): OrderPrices {
    return {
      limit: first & has.limit ? this.#positive() : NaN,
      stop: first & has.stop ? this.#positive() : NaN,
      stopLoss: first & has.stopLoss ? this.#positive() : NaN,
      takeProfit: first & has.takeProfit ? this.#positive() : NaN,
    };
  }

  /** What they say is for `orderFault` to judge; that the rows they name are orders that wait, for the broker. */
  #readTerms(): OrderTerms {
    const bytes = this.#bytes;
    const flags = bytes.byte();
    const manners = bytes.byte();
    if ((flags | manners) === 0 || manners >= manner.replaces << 1) this.#refuse('has terms that mean nothing');
    const number = (flag: number) => (flags & flag ? bytes.float64() : NaN);
    const terms = {
      trail: number(term.trail),
      trailFraction: number(term.trailFraction),
      stopTrail: number(term.stopTrail),
      stopTrailFraction: number(term.stopTrailFraction),
      touch: number(term.touch),
      goodTill: number(term.goodTill),
      session: (manners >> manner.session) & 3,
      timeInForce: (manners >> manner.timeInForce) & 3,
      reduceOnly: (manners & manner.reduceOnly) !== 0,
      oco: flags & term.oco ? this.#rowBefore() : -1,
      after: flags & term.after ? this.#rowBefore() : -1,
      replaces: manners & manner.replaces ? this.#rowBefore() : -1,
    };
    if (terms.session > sessionClose) this.#refuse('is for a price that no session has');
    return terms;
  }

  #rowBefore(): number {
    const row = this.#bytes.count();
    if (row >= this.row) this.#refuse(`names row ${row}, which is not before it`);
    return row;
  }

  #positive(): number {
    const value = this.#bytes.float64();
    if (!(value > 0)) this.#refuse(`gives ${value} for a size, share or price`);
    return value;
  }

  #refuse(reason: string): never {
    throw new TapeError(`Row ${this.row} of the tape ${reason}.`);
  }
}

/** How many bars of a run are done once a block is heard, by its own word; 0 where it has none. For progress only. */
export function barsDone(block: Uint8Array): number {
  try {
    return new ByteReader(block).count();
  } catch (error) {
    if (error instanceof TapeError) return 0;
    throw error;
  }
}
