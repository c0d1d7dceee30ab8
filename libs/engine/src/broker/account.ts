import type { Book } from './book.js';
import type { Costs } from './costs.js';
import type { TradeCostTable } from './costs/trade-costs.js';
import type { Lot } from './holding.js';
import type { Ledger } from './ledger/ledger.js';
import type { CarryAccount } from './ledger/ledger-accounts.js';
import type { Cursor } from '../series.js';
import type { Venue } from './venue.js';
import type { WorkingOrder } from './working-order.js';

/** Cash, and what is held at each venue. Every change of money in a run happens in this file. */
export class Account {
  /** Starting cash, and all profits, losses and costs that are settled; an open position's are not in it. */
  cash: number;
  readonly leverage: number;
  /** Whether someone asks when a trade last lost money. */
  watchesLosses = false;
  /** Where the run stood when a trade was last closed at a loss, costs included; -Infinity before any. */
  lossAt = -Infinity;
  /** Where something is held, in order of the series. */
  readonly held: Venue[] = [];
  readonly #now: Cursor;
  #isWrittenOff = false;
  readonly #costs: Costs;
  readonly #book: Book | null;
  readonly #ledger: Ledger | null;
  readonly #tradeCosts: TradeCostTable | null;
  /** The same ledger, where it keeps a journal. */
  readonly #journal: Ledger | null;

  constructor(cash: number, leverage: number, now: Cursor, costs: Costs, book: Book | null) {
    this.cash = cash;
    this.leverage = leverage;
    this.#now = now;
    this.#costs = costs;
    this.#book = book;
    this.#ledger = book && book.ledger;
    this.#journal = this.#ledger && (this.#ledger.journal ? this.#ledger : null);
    this.#tradeCosts = book && book.tradeCosts;
  }

  /** What the account is worth at the last known closes. */
  get equity(): number {
    if (this.#isWrittenOff) return 0;
    let equity = this.cash;
    for (let i = 0; i < this.held.length; i++) {
      const venue = this.held[i]!;
      equity += venue.holding.pnlAt(venue.mark);
    }
    return equity;
  }

  /** What is held, at the last known closes, signed. */
  get exposure(): number {
    let value = 0;
    for (let i = 0; i < this.held.length; i++) {
      const venue = this.held[i]!;
      value += venue.holding.valueAt(venue.mark);
    }
    return value;
  }

  /** What is held, longs and shorts alike above 0. */
  get grossExposure(): number {
    let value = 0;
    for (const { holding, mark } of this.held) value += Math.abs(holding.valueAt(mark));
    return value;
  }

  /** What long positions cost beyond the account's own cash. What short ones brought in is collateral, not spent. */
  get borrowed(): number {
    let cost = 0;
    for (const { holding } of this.held) if (holding.units > 0) cost += holding.basis;
    return Math.max(0, cost - this.cash);
  }

  /** Equity that no position ties up as margin, at the last known closes. */
  get free(): number {
    let free = this.cash;
    for (const { holding, mark } of this.held) {
      free += holding.pnlAt(mark) - Math.abs(holding.valueAt(mark)) / this.leverage;
    }
    return Math.max(0, free);
  }

  /**
   * What would be free for an order on this side once it has closed the opposite position at `exitPrice`; what is held
   * on the same side counts at `price`, other venues at their last known close.
   */
  freeFor(venue: Venue, side: number, price: number, exitPrice: number): number {
    let free = this.cash;
    for (let i = 0; i < this.held.length; i++) {
      const other = this.held[i]!;
      const { holding } = other;
      if (other === venue && holding.side !== side) {
        free += holding.pnlAt(exitPrice) - this.#costs.commission(Math.abs(holding.units), exitPrice);
        continue;
      }
      const mark = other === venue ? price : other.mark;
      free += holding.pnlAt(mark) - Math.abs(holding.valueAt(mark)) / this.leverage;
    }
    return Math.max(0, free);
  }

  /** Opens a lot for an order. Its commission leaves the cash at once. */
  open(venue: Venue, { side, tag }: WorkingOrder, units: number, price: number, bar: number, fee: number): Lot {
    const { cash } = this;
    this.cash = cash - fee;
    const { holding } = venue;
    const { basis } = holding;
    if (holding.units === 0) this.#hold(venue);
    const lot = holding.blankLot().begin(units, price, bar, fee, tag);
    holding.add(lot, side);
    if (this.#ledger !== null) this.#ledger.opened(cash, this.cash, fee);
    if (this.#journal !== null) this.#journal.held(basis, holding.basis, side * units * price);
    if (this.#tradeCosts !== null)
      this.#tradeCosts.opened(venue, lot, this.#costs.slippageOn(units), this.#costs.spreadOn(units, price));
    if (this.#costs.isQuoted) this.#traded(units, price);
    return lot;
  }

  /** Closes units of a lot at a price; `fee` is its part of the closing order's commission. */
  closePart(venue: Venue, lot: Lot, units: number, price: number, bar: number, fee: number): void {
    const { holding } = venue;
    const size = holding.side * units;
    const entryFee = units === lot.units ? lot.entryFee : lot.entryFee * (units / lot.units);
    const gross = size * (price - lot.entryPrice);
    const { cash } = this;
    this.cash = cash + (gross - fee);
    this.#book?.trades.closed(venue, lot, size, bar, price, fee + entryFee, gross - fee - entryFee);
    if (this.watchesLosses && gross - fee < entryFee) this.lossAt = this.#now.index;
    if (this.#tradeCosts !== null)
      this.#tradeCosts.closed(venue, lot, units, this.#costs.slippageOn(units), this.#costs.spreadOn(units, price));
    lot.entryFee -= entryFee;
    const { basis } = holding;
    holding.take(lot, units);
    if (this.#ledger !== null) this.#ledger.closed(cash, this.cash, gross, fee);
    if (this.#journal !== null) this.#journal.held(basis, holding.basis, -size * lot.entryPrice);
    if (this.#costs.isQuoted) this.#traded(units, price);
    if (holding.units === 0) this.#release(venue);
  }

  /**
   * Pays what holding costs or owes, at one venue or, as interest, in all; below 0 it is received. An amount beyond all
   * numbers is not charged: ruin is near.
   */
  pay(account: CarryAccount, amount: number, venue: Venue | null): void {
    if (!(Math.abs(amount) < Infinity)) return;
    if (this.#tradeCosts !== null) {
      if (account === 'interest') this.#tradeCosts.paidInterest(this.held, amount);
      else if (venue !== null && (account === 'borrow' || account === 'funding')) {
        this.#tradeCosts.carried(account, venue, amount);
      }
    }
    const { cash } = this;
    this.cash = cash - amount;
    this.#ledger?.carried(account, cash, this.cash, amount);
  }

  /** What is held becomes other units, which cost what they did. */
  split(venue: Venue, ratio: number, isWhole: boolean): void {
    const { holding } = venue;
    if (holding.units === 0) return;
    this.#tradeCosts?.split(venue, ratio);
    holding.split(ratio, isWhole);
    this.#journal?.split(holding.basis);
  }

  #release(venue: Venue): void {
    const held = this.held;
    for (let at = held.indexOf(venue); at + 1 < held.length; at++) held[at] = held[at + 1]!;
    held.pop();
  }

  #hold(venue: Venue): void {
    const held = this.held;
    let at = held.length;
    for (; at > 0 && held[at - 1]!.series > venue.series; at--) held[at] = held[at - 1]!;
    held[at] = venue;
  }

  /** Ends a ruined account: what it owes beyond its money is written off, with what no price could close. */
  writeOff(): void {
    this.#ledger?.writtenOff(this.cash);
    this.cash = 0;
    this.#isWrittenOff = true;
  }

  #traded(units: number, price: number): void {
    this.#costs.traded(units, price);
    this.#ledger?.priced(this.#costs.slippageOn(units), this.#costs.spreadOn(units, price));
  }
}
