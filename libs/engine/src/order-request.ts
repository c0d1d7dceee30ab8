import type { BarSeries } from './bar-series.js';
import type { Order } from './trader.js';

/**
 * How far a trailing stop stays behind the best price: a number in the price's unit, a fraction of that price, or so
 * many average true ranges (Wilder 1978, over `bars` bars, 14 where not given). The range is taken when the order is
 * placed and stays.
 */
export type Trail =
  number | { readonly fraction: number } | { readonly atr: number; /** 14 where not given. */ readonly bars?: number };

/** What an order asks for. Everything is optional: `buy()` buys for all the money that is free, at the market. */
export interface OrderRequest {
  /** Units, above 0. Of `size`, `fraction`, `value`, `equity`, `risk` and `volatility` give one at most. */
  readonly size?: number;
  /**
   * Instead of a size: the share of the free buying power to use, above 0 and at most 1 (1 where nothing is given). It
   * is turned into units when the order fills. An opposite position is closed first, and what that frees counts. Of a
   * `reduceOnly` order it is the share of the position.
   */
  readonly fraction?: number;
  /** Instead of a size: what the units are to be worth, in currency, at the order's own price or the current close. */
  readonly value?: number;
  /** Instead of a size: what the units are to be worth, as a fraction of the account's equity; above 1 with leverage. */
  readonly equity?: number;
  /**
   * Instead of a size: the fraction of equity that is lost when the price reaches `stopLoss` (or a `trailingStop` that
   * has not moved). Costs, and a price that jumps beyond the stop, come on top.
   */
  readonly risk?: number;
  /**
   * Instead of a size: the units whose value would move by this fraction of equity a year, one standard deviation, if
   * prices go on as over the last `volatilityBars` bars (logarithmic returns; bars a year as counted in the run so far).
   */
  readonly volatility?: number;
  /** Bars that `volatility` looks back; 20 where not given. */
  readonly volatilityBars?: number;
  /** Fill at this price or better. */
  readonly limit?: number;
  /** Wait until the market trades at this price; then a market order, or a limit order where `limit` is given too. */
  readonly stop?: number;
  /**
   * Wait until the market comes to this better price (below it for a buy); then a market order, or a limit order where
   * `limit` is given too. Unlike a limit order at this price it slips, and fills whatever comes.
   */
  readonly touch?: number;
  /** A stop that follows the best price at this distance: see `Trail`. It starts from the current close. */
  readonly trail?: Trail;
  /**
   * Fill at the open or at the close of a session and at no other price: of the next one that begins or ends after this
   * bar, in the dataset's zone. A daily bar is a session; of shorter ones, all of a day are, and its close is that of the
   * last of them, whenever it comes: half days and daylight saving need no schedule, as the exchange knows its close and
   * the order waits there. With `limit`, only where that price is as good; else it expires. That the last bar of the data
   * ends its session is not known, so nothing fills at its close, unless bars are daily.
   */
  readonly at?: 'open' | 'close';
  /**
   * How long the order waits: `gtc` until cancelled (the default), `day` to the end of the session of the first bar it
   * can meet, `ioc` fills what it can at the next price it meets (the next open; the close under `this-close`) and ends,
   * `fok` the same but all or nothing.
   */
  readonly timeInForce?: 'gtc' | 'day' | 'ioc' | 'fok';
  /** The order ends at this time, µs UTC: no bar that is complete later fills it. */
  readonly goodTill?: number;
  /** Only ever closes: fills at most what is held on the other side, and is cancelled when that is nothing. */
  readonly reduceOnly?: boolean;
  /**
   * One cancels the other: when either this order or that one fills, even in part, all that are so linked are withdrawn.
   * Across series a fill is known with its bar: of two bars complete at the same moment, that of the run's first series counts.
   */
  readonly oco?: Order;
  /**
   * The order begins to wait when that one fills, even in part; it is withdrawn when that one ends without a fill. For
   * another series, it meets the bars that begin once the bar of that fill is complete.
   */
  readonly after?: Order;
  /** Closes what this order opened when the price turns against it and reaches this one. */
  readonly stopLoss?: number;
  /** A stop loss that follows the best price since the entry, at this distance; with `stopLoss`, it begins there. */
  readonly trailingStop?: Trail;
  /** Closes what this order opened when the price reaches this profit. */
  readonly takeProfit?: number;
  /** Stands beside the trade in the report. At most 64 characters, at most 1,000 different ones a run. */
  readonly tag?: string;
  /** The series to trade; the first of the run where not given. */
  readonly on?: BarSeries;
}

/** What `replace` may change: all but the side, the series and the orders it is linked with. */
export type OrderChanges = Omit<OrderRequest, 'on' | 'oco' | 'after'>;
