import type { Account } from './account.js';
import { splitGrowth } from '../actions/growth.js';
import { inFirstUnits } from '../actions/in-first-units.js';
import { askedUnits } from './costs/asked-units.js';
import { rootImpact, volumeShareImpact } from './costs/impact.js';
import { tierAt } from './costs/tier-at.js';
import type { BacktestSettings, SlippageModel, TieredCommission } from '../settings.js';
import type { Venue } from './venue.js';
import { limit, stopLimit, type WorkingOrder } from './working-order.js';

/**
 * What fills cost under the run's settings, as plain numbers. Prices of bars are taken as mid prices: under a
 * `fraction` spread a buyer meets the ask, half the spread above them, and a seller the bid, half of it below.
 */
export class Costs {
  /** Half of a `fraction` spread. */
  readonly halfSpread: number;
  /** What a market or stop order loses on top; some models know it only once `quote` was told of the fill. */
  slippage: number;
  /** `entry-only` spread: whatever opens a position, limit orders too, fills this fraction worse. */
  readonly entrySpread: number;
  /** Whether a fill must be quoted first: its rates depend on it, or its price is another than the bar's. */
  readonly isQuoted: boolean;
  #rate: number;
  #perUnit: number;
  readonly #minimum: number;
  readonly #perOrder: number;
  readonly #maker: number;
  readonly #taker: number;
  readonly #makesAndTakes: boolean;
  readonly #tiers: TieredCommission | null;
  /** Traded so far, by value or units as the tiers count. */
  #traded = 0.5;
  readonly #model: SlippageModel;
  /** The bar's price of the fill that was quoted, and whether that fill slips. */
  #mid = 0.5;
  #slips = false;

  constructor({ commission, spread, slippage }: BacktestSettings) {
    this.halfSpread = spread.kind === 'fraction' ? spread.rate / 2 : 0;
    this.entrySpread = spread.kind === 'entry-only' ? spread.rate : 0;
    this.slippage = slippage.kind === 'fraction' ? slippage.rate : 0;
    this.#rate = commission.kind === 'fraction' ? commission.rate : 0;
    this.#perUnit = commission.kind === 'per-unit' ? commission.amount : 0;
    this.#minimum = commission.kind === 'per-unit' ? commission.minimum : 0;
    this.#perOrder = commission.kind === 'per-order' ? commission.amount : 0;
    this.#makesAndTakes = commission.kind === 'maker-taker';
    this.#maker = commission.kind === 'maker-taker' ? commission.maker : 0;
    this.#taker = commission.kind === 'maker-taker' ? commission.taker : 0;
    this.#tiers = commission.kind === 'tiered' ? commission : null;
    this.#traded = 0;
    this.#model = slippage;
    this.isQuoted = this.#makesAndTakes || this.#tiers !== null || spread.kind !== 'none' || slippage.kind !== 'none';
    if (this.#makesAndTakes) this.#rate = this.#taker;
    this.#takeTier();
  }

  /** Sets the rates for a fill of this order at a bar's price. Comes before every fill where `isQuoted`. */
  quote(account: Account, venue: Venue, order: WorkingOrder, bar: number, price: number): void {
    this.#mid = price;
    this.#slips = order.kind !== limit && order.kind !== stopLimit;
    if (this.#makesAndTakes) {
      this.#rate = !this.#slips && price === order.prices.reach ? this.#maker : this.#taker;
    }
    this.#takeTier();
    this.#slip(account, venue, order, bar, price);
  }

  /** Sets a price that no market made: what is settled there neither slips nor crosses a spread. */
  quoteSettled(price: number): void {
    this.#mid = price;
    this.#slips = false;
  }

  /** What was traded counts towards the tiers of the orders that follow. */
  traded(units: number, price: number): void {
    if (this.#tiers) this.#traded += this.#tiers.by === 'units' ? units : units * price;
  }

  /** What the quoted fill lost by slippage on so many units, in currency. */
  slippageOn(units: number): number {
    return this.#slips ? this.#mid * this.slippage * units : 0;
  }

  /** What it lost by the spread, given the price at which it was filled, in currency. */
  spreadOn(units: number, price: number): number {
    if (this.halfSpread === 0 && this.entrySpread === 0) return 0;
    return Math.max(0, Math.abs(price - this.#mid) * units - this.slippageOn(units));
  }

  /** Charges an order for a fill of so many units. */
  charge(order: WorkingOrder, units: number, price: number): number {
    const fee = this.commission(units, price, order.charged);
    order.charged = this.chargedWith(order.charged, units);
    return fee;
  }

  /**
   * Commission on so many units (> 0) at this price. `charged` is what the order's units before them came to, by an amount
   * for each: its minimum and its amount are paid with the first. -1 where there were none.
   */
  commission(units: number, price: number, charged = -1): number {
    const byValue = units * price * this.#rate;
    const byUnits = units * this.#perUnit;
    if (charged < 0) return byValue + Math.max(byUnits, this.#minimum) + this.#perOrder;
    return byValue + Math.max(charged + byUnits, this.#minimum) - Math.max(charged, this.#minimum);
  }

  /** What an order's units come to, by an amount for each, with so many more. */
  chargedWith(charged: number, units: number): number {
    return units > 0 ? Math.max(charged, 0) + units * this.#perUnit : charged;
  }

  /**
   * The units that `budget` pays for: their margin at this leverage, and their commission. 0 or less: not enough. An order
   * that was charged before owes no minimum any more; what that leaves over by units is not counted on.
   */
  affordableUnits(budget: number, price: number, leverage: number, charged = -1): number {
    const isFirst = charged < 0;
    const money = (isFirst ? budget - this.#perOrder : budget) * leverage;
    const value = price + price * this.#rate * leverage;
    const units = money / (value + this.#perUnit * leverage);
    if (!isFirst) return units;
    return units * this.#perUnit < this.#minimum ? (money - this.#minimum * leverage) / value : units;
  }

  #takeTier(): void {
    if (!this.#tiers) return;
    const rate = tierAt(this.#tiers.tiers, this.#traded);
    if (this.#tiers.by === 'value') this.#rate = rate;
    else this.#perUnit = rate;
  }

  #slip(account: Account, venue: Venue, order: WorkingOrder, bar: number, price: number): void {
    const model = this.#model;
    if (model.kind === 'fixed') this.slippage = model.amount / price;
    else if (this.#slips && model.kind === 'volume-share') {
      this.slippage = volumeShareImpact(model, askedUnits(account, this, venue, order, price), venue.bars.volume[bar]!);
    } else if (this.#slips && model.kind === 'square-root') {
      const units = askedUnits(account, this, venue, order, price) / (splitGrowth(venue.bars)?.[bar] ?? 1);
      this.slippage = rootImpact(model, units, inFirstUnits(venue.bars), bar);
    }
  }
}
