import { cut, grown } from '../columns.js';
import type { Lot } from '../holding.js';
import type { TradeCosts } from '../../results.js';
import type { BacktestSettings } from '../../settings.js';
import type { Venue } from '../venue.js';

type HoldingCost = 'borrow' | 'interest' | 'funding';

/** What a lot paid at its entry, and how much one unit had paid for being held before it. */
type LotCosts = Record<'slippage' | 'spread' | HoldingCost, number>;

const firstCapacity = 64;

/**
 * What each trade of a run paid beside its commission: a row for each row of the trade table. Fees for holding are shared
 * among what is held of a series by units, interest first among the series by what they cost. One unit's sum of them is kept
 * for each series, so that a lot knows its part by what the sum was when it was opened.
 */
export class TradeCostTable {
  #length = 0;
  #capacity = firstCapacity;
  #slippage = new Float64Array(firstCapacity);
  #spread = new Float64Array(firstCapacity);
  #borrow = new Float64Array(firstCapacity);
  #interest = new Float64Array(firstCapacity);
  #funding = new Float64Array(firstCapacity);
  readonly #lots = new WeakMap<Lot, LotCosts>();
  /** By series: what one unit, held from the beginning, would have paid. */
  readonly #perUnit: LotCosts[] = [];

  /** Null where the settings ask for no more than commission. */
  static of({ spread, slippage, borrow, interest, funding }: BacktestSettings): TradeCostTable | null {
    const isFree = spread.kind === 'none' && slippage.kind === 'none' && !borrow && !interest && !funding;
    return isFree ? null : new TradeCostTable();
  }

  opened({ series }: Venue, lot: Lot, slippage: number, spread: number): void {
    const { borrow, interest, funding } = this.#unitOf(series);
    this.#lots.set(lot, { slippage, spread, borrow, interest, funding });
  }

  /** Adds a row: so many units of a lot were closed, with what that fill lost. Comes before the lot gives them up. */
  closed({ series }: Venue, lot: Lot, units: number, slippage: number, spread: number): void {
    const paid = this.#lots.get(lot)!;
    const unit = this.#unitOf(series);
    const share = units === lot.units ? 1 : units / lot.units;
    if (this.#length === this.#capacity) this.#grow();
    const row = this.#length++;
    this.#slippage[row] = slippage + paid.slippage * share;
    this.#spread[row] = spread + paid.spread * share;
    this.#borrow[row] = (unit.borrow - paid.borrow) * units;
    this.#interest[row] = (unit.interest - paid.interest) * units;
    this.#funding[row] = (unit.funding - paid.funding) * units;
    paid.slippage -= paid.slippage * share;
    paid.spread -= paid.spread * share;
  }

  /** Adds what is still held at the end. */
  held(venue: Venue): void {
    for (let lot = venue.holding.oldest; lot; lot = lot.next) this.closed(venue, lot, lot.units, 0, 0);
  }

  /** What is held of a series paid for that. */
  carried(kind: HoldingCost, { series, holding }: Venue, amount: number): void {
    this.#unitOf(series)[kind] += amount / Math.abs(holding.units);
  }

  /** Interest is of the longs that cost more than the cash; of the shorts where there are none. */
  paidInterest(held: readonly Venue[], amount: number): void {
    const longs = held.filter(({ holding }) => holding.units > 0);
    const payers = longs.length > 0 ? longs : held;
    const cost = payers.reduce((sum, { holding }) => sum + Math.abs(holding.basis), 0);
    for (const venue of payers) this.carried('interest', venue, amount * (Math.abs(venue.holding.basis) / cost));
  }

  /** One unit became so many. */
  split({ series, holding }: Venue, ratio: number): void {
    divide(this.#unitOf(series), ratio);
    for (let lot = holding.oldest; lot; lot = lot.next) divide(this.#lots.get(lot)!, ratio);
  }

  columns(): TradeCosts {
    const length = this.#length;
    return {
      slippage: cut(this.#slippage, length),
      spread: cut(this.#spread, length),
      borrow: cut(this.#borrow, length),
      interest: cut(this.#interest, length),
      funding: cut(this.#funding, length),
    };
  }

  #unitOf(series: number): LotCosts {
    return (this.#perUnit[series] ??= { slippage: 0, spread: 0, borrow: 0, interest: 0, funding: 0 });
  }

  #grow(): void {
    const capacity = (this.#capacity *= 2);
    this.#slippage = grown(this.#slippage, capacity);
    this.#spread = grown(this.#spread, capacity);
    this.#borrow = grown(this.#borrow, capacity);
    this.#interest = grown(this.#interest, capacity);
    this.#funding = grown(this.#funding, capacity);
  }
}

/** What one unit paid for being held is spread over those that it became. */
function divide(costs: LotCosts, ratio: number): void {
  costs.borrow /= ratio;
  costs.interest /= ratio;
  costs.funding /= ratio;
}
