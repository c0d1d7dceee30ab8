import type { BacktestSettings } from '../settings.js';

/**
 * What fills cost under the run's settings, as plain numbers. Prices of bars are taken as mid prices: under a
 * `fraction` spread a buyer meets the ask, half the spread above them, and a seller the bid, half of it below.
 */
export class Costs {
  /** Half of a `fraction` spread. */
  readonly halfSpread: number;
  /** What a market or stop order loses on top. */
  readonly slippage: number;
  /** `entry-only` spread: whatever opens a position, limit orders too, fills this fraction worse. */
  readonly entrySpread: number;
  readonly #rate: number;
  readonly #perUnit: number;
  readonly #minimum: number;
  readonly #perOrder: number;

  constructor({ commission, spread, slippage }: BacktestSettings) {
    this.halfSpread = spread.kind === 'fraction' ? spread.rate / 2 : 0;
    this.entrySpread = spread.kind === 'entry-only' ? spread.rate : 0;
    this.slippage = slippage.kind === 'fraction' ? slippage.rate : 0;
    this.#rate = commission.kind === 'fraction' ? commission.rate : 0;
    this.#perUnit = commission.kind === 'per-unit' ? commission.amount : 0;
    this.#minimum = commission.kind === 'per-unit' ? commission.minimum : 0;
    this.#perOrder = commission.kind === 'per-order' ? commission.amount : 0;
  }

  /** Commission on a fill of so many units (> 0) at this price. An order that reverses a position is charged as two. */
  commission(units: number, price: number): number {
    return units * price * this.#rate + Math.max(units * this.#perUnit, this.#minimum) + this.#perOrder;
  }

  /** The units that `budget` pays for: their margin at this leverage, and their commission. 0 or less: not enough. */
  affordableUnits(budget: number, price: number, leverage: number): number {
    const money = (budget - this.#perOrder) * leverage;
    const value = price + price * this.#rate * leverage;
    const units = money / (value + this.#perUnit * leverage);
    return units * this.#perUnit < this.#minimum ? (money - this.#minimum * leverage) / value : units;
  }
}
