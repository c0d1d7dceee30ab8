import { ByteReader } from './byte-reader.js';
import { orderFault } from '../broker/order-fault.js';
import { noPrices, type OrderPrices, type OrderTicket } from '../broker/order-ticket.js';
import { also, cancelOrder, closePosition, has, type OrderTape, placeOrder } from './tape.js';
import { TapeError } from './tape-error.js';

const anyPrice = has.limit | has.stop | has.stopLoss | has.takeProfit;
const anyField = has.sale | has.units | anyPrice;

/**
 * Reads a tape row by row. The bytes come from the guest, so nothing about them is believed: every row is held to what
 * the trader would have let through. The row that was read last stands in the fields; an order is its own ticket.
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
  tag = 0;
  /** The row whose order is cancelled. */
  target = -1;
  readonly #bytes: ByteReader;
  readonly #length: number;
  readonly #tags: number;

  constructor({ length, rows, tags }: OrderTape) {
    this.#bytes = new ByteReader(rows);
    this.#length = length;
    this.#tags = tags.length;
  }

  /**
   * Goes on to the next row; false when there is none.
   * @throws TapeError where the row is not one that a run of ours could have written
   */
  next(): boolean {
    if (this.row + 1 === this.#length) {
      if (this.#bytes.left > 0) throw new TapeError(`${this.#bytes.left} bytes follow the end of the tape.`);
      return false;
    }
    this.row++;
    const bytes = this.#bytes;
    const first = bytes.byte();
    const second = bytes.byte();
    if (second > (also.share | also.tag | also.series)) this.#refuse('has flags that mean nothing');
    this.step += bytes.count();
    if (this.step > 0x7fffffff) this.#refuse(`is for bar ${this.step}, which no run has`);
    this.action = first & 3;
    this.side = first & has.sale ? -1 : 1;
    this.share = second & also.share ? this.#positive() : first & has.units ? 0 : 1;
    this.tag = second & also.tag ? bytes.count() : 0;
    this.series = second & also.series ? bytes.count() : 0;
    this.units = first & has.units ? this.#positive() : 0;
    this.prices = first & anyPrice ? this.#readPrices(first) : noPrices;
    if (this.tag >= this.#tags) this.#refuse(`names tag ${this.tag}, which it lacks`);

    if (this.action === placeOrder) {
      const fault = orderFault(this);
      if (fault) this.#refuse(`places a faulty order: ${fault}`);
      return true;
    }
    const alien = this.action === closePosition ? also.tag : also.share | also.tag | also.series;
    if (first & anyField || second & alien) this.#refuse('has fields that its action does not take');
    if (this.share > 1) this.#refuse(`closes a share of ${this.share}`);
    if (this.action === cancelOrder) {
      this.target = bytes.count();
      if (this.target >= this.row) this.#refuse(`cancels row ${this.target}, which is not before it`);
    }
    return true;
  }

  #readPrices(first: number): OrderPrices {
    return {
      limit: first & has.limit ? this.#positive() : NaN,
      stop: first & has.stop ? this.#positive() : NaN,
      stopLoss: first & has.stopLoss ? this.#positive() : NaN,
      takeProfit: first & has.takeProfit ? this.#positive() : NaN,
    };
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
