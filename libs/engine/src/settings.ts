/** What a fill costs. Fractions are of traded value; amounts are in the quote currency. */
export type CommissionModel =
  | { readonly kind: 'none' }
  | { readonly kind: 'fraction'; readonly rate: number }
  | { readonly kind: 'per-unit'; readonly amount: number; readonly minimum: number }
  | { readonly kind: 'per-order'; readonly amount: number };

/** The bid-ask spread. `fraction` costs half of `rate` on each side; `entry-only` is backtesting.py's rule. */
export type SpreadModel =
  | { readonly kind: 'none' }
  | { readonly kind: 'fraction'; readonly rate: number }
  | { readonly kind: 'entry-only'; readonly rate: number };

/** How much worse than the model price a market or stop order fills, as a fraction of the price. Limits do not slip. */
export type SlippageModel = { readonly kind: 'none' } | { readonly kind: 'fraction'; readonly rate: number };

/** When a market order placed on bar t fills: at the open of t+1, or at the close of t. */
export type FillModel = 'next-open' | 'this-close';

/** Everything beside bars, strategy and parameters that decides what a backtest does. */
export interface BacktestSettings {
  /** Starting cash, > 0. */
  readonly cash: number;
  readonly commission: CommissionModel;
  readonly spread: SpreadModel;
  readonly slippage: SlippageModel;
  readonly fill: FillModel;
  /** Buying power per unit of equity, >= 1. Margin requirement is its inverse. */
  readonly leverage: number;
  /** `whole` floors every order to whole units. */
  readonly units: 'whole' | 'fractional';
  /** A new entry first closes the position and cancels what waits. */
  readonly exclusiveOrders: boolean;
  /** What happens to a position still open on the last bar: marked at its close, or closed at its open (backtesting.py). */
  readonly atEnd: 'mark' | 'close-at-last-open';
  /** Seed of the run's generator, an unsigned 32-bit integer. */
  readonly seed: number;
}

export const defaultSettings: BacktestSettings = {
  cash: 100_000,
  commission: { kind: 'none' },
  spread: { kind: 'none' },
  slippage: { kind: 'none' },
  fill: 'next-open',
  leverage: 1,
  units: 'fractional',
  exclusiveOrders: false,
  atEnd: 'mark',
  seed: 1,
};
