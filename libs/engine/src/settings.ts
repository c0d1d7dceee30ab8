/**
 * What an order costs. Its minimum or amount is paid once, however many fills it takes, and whether it opens, closes or turns
 * a position around. Fractions are of traded value; amounts are in the quote currency.
 */
export type CommissionModel =
  | { readonly kind: 'none' }
  | { readonly kind: 'fraction'; readonly rate: number }
  | { readonly kind: 'per-unit'; readonly amount: number; readonly minimum: number }
  | { readonly kind: 'per-order'; readonly amount: number }
  | TieredCommission
  /**
   * As exchanges charge: `maker` of the value of a limit order that waited and fills at its very limit, `taker` of all
   * else, a limit order that the open fills at a better price included.
   */
  | { readonly kind: 'maker-taker'; readonly maker: number; readonly taker: number };

/**
 * A rate that depends on what the run has traded before the order: the last tier whose `from` was reached. By `value` its
 * rate is a fraction of the traded value; by `units` it is an amount per unit. The whole fill is charged at that one rate.
 */
export interface TieredCommission {
  readonly kind: 'tiered';
  readonly by: 'value' | 'units';
  /** In rising order of `from`, the first from 0. */
  readonly tiers: readonly { readonly from: number; readonly rate: number }[];
}

/** The bid-ask spread. `fraction` costs half of `rate` on each side; `entry-only` is backtesting.py's rule. */
export type SpreadModel =
  | { readonly kind: 'none' }
  | { readonly kind: 'fraction'; readonly rate: number }
  | { readonly kind: 'entry-only'; readonly rate: number };

/** How much worse than the model price a market or stop order fills. Limits do not slip. impact.ts has the formulas. */
export type SlippageModel =
  | { readonly kind: 'none' }
  /** A fraction of the price. */
  | { readonly kind: 'fraction'; readonly rate: number }
  /** An amount per unit, in the quote currency. */
  | { readonly kind: 'fixed'; readonly amount: number }
  /** Zipline's: `impact` times the square of the order's share of its bar's volume, counted up to `limit`. */
  | { readonly kind: 'volume-share'; readonly impact: number; readonly limit: number }
  /** `factor` times volatility times the root of the order's size over mean volume, both of the `window` bars before. */
  | { readonly kind: 'square-root'; readonly factor: number; readonly window: number };

/** What is paid for borrowed units while a short is held: a rate a year of their value, by days of 365. */
export interface BorrowModel {
  readonly kind: 'annual';
  readonly rate: number;
}

/** What is paid for borrowed cash: a rate a year on what long positions cost beyond the account's own cash. */
export interface InterestModel {
  readonly kind: 'annual';
  readonly rate: number;
}

/**
 * Funding of a perpetual: at every multiple of `hours` since midnight UTC of 1970-01-01 longs pay shorts the rate times
 * their position's value (shorts pay longs where the rate is negative). `column` takes the rate from that further column
 * of the data, at the bar in which the moment falls; where the data have no such column, or no value there, `rate` holds.
 */
export type FundingModel =
  | { readonly kind: 'constant'; readonly rate: number; readonly hours: number }
  | { readonly kind: 'column'; readonly column: string; readonly rate: number; readonly hours: number };

/**
 * Margin as a broker asks for it, as fractions of a position's value. `initial` must be free to open (it takes the place
 * of `leverage`); once equity is below `maintenance` at a close, everything is closed: under `next-open` at the next open
 * (where market orders fill at the close they are given at, at that one), under `at-once` at that very close.
 */
export interface MarginModel {
  readonly kind: 'next-open' | 'at-once';
  readonly initial: number;
  readonly maintenance: number;
}

/**
 * A check before an order is sent, the same in a backtest and on paper. Only what may open or enlarge a position is
 * refused; `close`, stop losses and take profits always pass. broker/risk says how each counts.
 */
export type RiskRule =
  /** The money for the order must be free when it is given, not only when it fills. */
  | { readonly kind: 'buying-power' }
  /** The most that may be held of one series, with all that waits filled; `equity` counts value as a share of equity. */
  | { readonly kind: 'position-limit'; readonly of: 'units' | 'value' | 'equity'; readonly most: number }
  /** The most that one order may ask for, or the most orders that may be given in a day of the dataset's zone. */
  | { readonly kind: 'order-limit'; readonly of: 'units' | 'value' | 'orders-per-day'; readonly most: number }
  /** How far a limit or stop price may lie from the last close, as a fraction of that close. */
  | { readonly kind: 'price-band'; readonly away: number }
  /** No entry once equity at a close has fallen so far from its peak, as a fraction; `close` also closes what is held. */
  | { readonly kind: 'drawdown-halt'; readonly drawdown: number; readonly close: boolean }
  /** No entry for so many bars after a trade that lost money; after a halt, so many bars end it and the peak begins anew. */
  | { readonly kind: 'cooldown'; readonly after: 'loss' | 'halt'; readonly bars: number }
  /** At a close with such a loss since the day before, as a fraction: all is closed and no entry for the day, or the run. */
  | { readonly kind: 'kill-switch'; readonly loss: number; readonly until: 'next-day' | 'end-of-run' };

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
  /** Fee for what is sold short; none where not given. So for the others below. */
  readonly borrow?: BorrowModel | undefined;
  readonly interest?: InterestModel | undefined;
  readonly funding?: FundingModel | undefined;
  readonly margin?: MarginModel | undefined;
  /** Checks before each order, and what watches the account from close to close. */
  readonly risk?: readonly RiskRule[] | undefined;
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
