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

/**
 * Which path the price is taken to have gone within a bar, for the orders that wait for a price. A bar tells four prices,
 * not their order.
 * - `certain`: none. What the four prices prove is filled; of a stop loss and a take profit in one bar, the stop loss.
 * - `ohlc-path`: open, high, low, close.
 * - `adaptive-path`: from the open to the nearer extreme first; where both are as near, to the high.
 * - `pessimistic`: against the position first: the low first for a long, the high first for a short; while flat, the
 *   high first where the order that waits longest buys, the low first where it sells.
 */
export type PathModel = 'certain' | 'ohlc-path' | 'adaptive-path' | 'pessimistic';

/** Everything beside bars, strategy and parameters that decides what a backtest does. */
export interface BacktestSettings {
  /** Starting cash, > 0. */
  readonly cash: number;
  readonly commission: CommissionModel;
  readonly spread: SpreadModel;
  readonly slippage: SlippageModel;
  readonly fill: FillModel;
  /** How resting orders meet the unknown path within a bar. */
  readonly path: PathModel;
  /** The share of a bar's volume, above 0 and at most 1, that the fills of a bar may take in all; null for no bound. */
  readonly volumeCap: number | null;
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
  path: 'certain',
  volumeCap: null,
  leverage: 1,
  units: 'fractional',
  exclusiveOrders: false,
  atEnd: 'mark',
  seed: 1,
};
