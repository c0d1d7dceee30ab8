import type { OrderTerms } from './order-terms.js';

/** Prices that belong to an order; NaN where none is given. */
export interface OrderPrices {
  readonly limit: number;
  readonly stop: number;
  readonly stopLoss: number;
  readonly takeProfit: number;
}

/** The prices of an order at the market. */
export const noPrices: OrderPrices = { limit: NaN, stop: NaN, stopLoss: NaN, takeProfit: NaN };

export function pricesOf(limit: number, stop: number, stopLoss: number, takeProfit: number): OrderPrices {
  const none = limit !== limit && stop !== stop && stopLoss !== stopLoss && takeProfit !== takeProfit;
  return none ? noPrices : { limit, stop, stopLoss, takeProfit };
}

/** The terms of an order as the strategy gave them. */
export interface OrderTicket {
  /** Which of the run's series. */
  readonly series: number;
  /** 1 buys, -1 sells. */
  readonly side: number;
  /** Units, above 0; 0 where `share` is given. */
  readonly units: number;
  /** Share of the free buying power, above 0 and at most 1; 0 where `units` is given. */
  readonly share: number;
  readonly prices: OrderPrices;
  /** What it asks for beside size and prices; null where that is nothing. */
  readonly terms: OrderTerms | null;
  /** Index into the run's tags; 0 is the empty one. */
  readonly tag: number;
}
