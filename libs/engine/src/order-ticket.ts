/** The terms of an order as the strategy gave them. NaN stands where nothing was given. */
export interface OrderTicket {
  /** Which of the run's series. */
  readonly series: number;
  /** 1 buys, -1 sells. */
  readonly side: number;
  /** Units, above 0; NaN where `share` is given. */
  readonly units: number;
  /** Share of the free buying power, above 0 and at most 1; NaN where `units` is given. */
  readonly share: number;
  readonly limit: number;
  readonly stop: number;
  readonly stopLoss: number;
  readonly takeProfit: number;
  /** Index into the run's tags; 0 is the empty one. */
  readonly tag: number;
}
