import { type Doubt, restateDoubt } from './doubt.js';
import type { WorkingOrder } from './working-order.js';

/** A part of a position that one fill opened. It is closed first in, first out, or by its own stop loss or take profit. */
export class Lot {
  /** Units, above 0; the holding says which way. */
  units = 0.5;
  entryPrice = 0.5;
  entryBar = 0;
  /** Commission of the entry that the units still held have paid. */
  entryFee = 0.5;
  tag = 0;
  stopLoss: WorkingOrder | null = null;
  takeProfit: WorkingOrder | null = null;
  /** Where it may have ended on another path within a bar; null where that is certain. */
  doubt: Doubt | null = null;
  previous: Lot | null = null;
  next: Lot | null = null;

  begin(units: number, entryPrice: number, entryBar: number, entryFee: number, tag: number): this {
    this.units = units;
    this.entryPrice = entryPrice;
    this.entryBar = entryBar;
    this.entryFee = entryFee;
    this.tag = tag;
    this.doubt = null;
    this.previous = null;
    this.next = null;
    return this;
  }
}

/** What the account holds of one series: lots of one direction, oldest first. */
export class Holding {
  /** Units, negative for a short. */
  units = 0;
  /** What they cost: units times entry price, summed over the lots. */
  basis = 0;
  oldest: Lot | null = null;
  #newest: Lot | null = null;
  /** One that is held no more, to be used again. */
  #spare: Lot | null = null;

  /** Bar of the newest lot's entry, -1 while flat. */
  get newestEntryBar(): number {
    return this.#newest?.entryBar ?? -1;
  }

  /** 1 long, -1 short, 0 flat. */
  get side(): number {
    return this.units > 0 ? 1 : this.units < 0 ? -1 : 0;
  }

  /** Profit or loss at a price, costs aside. */
  pnlAt(price: number): number {
    return this.units === 0 ? 0 : this.units * price - this.basis;
  }

  /** Value at a price, negative for a short. */
  valueAt(price: number): number {
    return this.units === 0 ? 0 : this.units * price;
  }

  /** An object for the next lot. */
  blankLot(): Lot {
    const lot = this.#spare ?? new Lot();
    this.#spare = null;
    return lot;
  }

  /** Makes so many units of each, through whose price what they cost stays the same. Whole ones stay whole but for rounding. */
  split(ratio: number, isWhole: boolean): void {
    const { side } = this;
    this.units = 0;
    for (let lot = this.oldest; lot; lot = lot.next) {
      const units = lot.units * ratio;
      const whole = Math.round(units);
      lot.units = isWhole && Math.abs(units - whole) <= whole * 1e-12 ? whole : units;
      lot.entryPrice /= ratio;
      if (lot.doubt !== null) restateDoubt(lot.doubt, ratio);
      this.units += side * lot.units;
    }
  }

  add(lot: Lot, side: number): void {
    lot.previous = this.#newest;
    if (this.#newest) this.#newest.next = lot;
    else this.oldest = lot;
    this.#newest = lot;
    this.units += side * lot.units;
    this.basis += side * lot.units * lot.entryPrice;
  }

  /** Takes units out of a lot, and the lot out of the holding when none are left. */
  take(lot: Lot, units: number): void {
    const side = this.side;
    if (units < lot.units) {
      lot.units -= units;
      this.units -= side * units;
      this.basis -= side * units * lot.entryPrice;
      return;
    }
    if (lot.previous) lot.previous.next = lot.next;
    else this.oldest = lot.next;
    if (lot.next) lot.next.previous = lot.previous;
    else this.#newest = lot.previous;
    // Nothing held is exactly nothing: no rounding survives a flat position.
    this.units = this.oldest ? this.units - side * lot.units : 0;
    this.basis = this.oldest ? this.basis - side * lot.units * lot.entryPrice : 0;
    lot.units = 0;
    // Its stop loss and take profit may know it for some time yet.
    if (!lot.stopLoss && !lot.takeProfit) this.#spare = lot;
  }
}
