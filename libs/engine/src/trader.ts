import type { BarSeries } from './bar-series.js';
import type { ParamSpecs, ParamsOf } from './params.js';
import type { SeriesLookup } from './series-lookup.js';

/** What an order asks for. Everything is optional: `buy()` buys for all the money that is free, at the market. */
export interface OrderRequest {
  /** Units, above 0. */
  readonly size?: number;
  /**
   * Instead of a size: the share of the free buying power to use, above 0 and at most 1 (1 where neither is given).
   * It is turned into units when the order fills. An opposite position is closed first, and what that frees counts.
   */
  readonly fraction?: number;
  /** Fill at this price or better. */
  readonly limit?: number;
  /** Wait until the market trades at this price; then a market order, or a limit order where `limit` is given too. */
  readonly stop?: number;
  /** Closes what this order opened when the price turns against it and reaches this one. */
  readonly stopLoss?: number;
  /** Closes what this order opened when the price reaches this profit. */
  readonly takeProfit?: number;
  /** Stands beside the trade in the report. At most 64 characters, at most 1,000 different ones a run. */
  readonly tag?: string;
  /** The series to trade; the first of the run where not given. */
  readonly on?: BarSeries;
}

/** An order that was placed. */
export interface Order {
  /** Withdraws the order if it still waits; later, does nothing. */
  cancel(): void;
  /** True while it waits for its price or for the next bar. */
  readonly waiting: boolean;
}

/** What is held of one series. */
export interface Position {
  /** Units held, negative for a short; 0 when flat. */
  readonly size: number;
  readonly isLong: boolean;
  readonly isShort: boolean;
  /** Average price of what is held, NaN when flat. */
  readonly entryPrice: number;
  /** Index, among the bars of its own series, of the one in which the oldest part of it was opened; -1 when flat. */
  readonly entryBar: number;
  /** Profit or loss at the current close, in currency; costs of the entry are already paid from the cash. */
  readonly pnl: number;
  /** `pnl` over the value at entry, as a fraction; 0 when flat. */
  readonly returns: number;
}

/** The money of a run. */
export interface Account {
  /** What the account is worth at the current close, in currency. */
  readonly equity: number;
  /** Money without open positions' profit and loss, in currency. */
  readonly cash: number;
  /** Equity that no position ties up: what a new position may take as margin. */
  readonly free: number;
}

/** What `next` sees and may do. The object is reused from bar to bar; its methods work destructured. */
export interface Trader<P extends ParamSpecs = ParamSpecs> {
  /** Places an order to buy. @throws RangeError for a price or size that makes no sense. */
  readonly buy: (request?: OrderRequest) => Order;
  /** Places an order to sell: closes a long position, opens a short one. @throws RangeError as `buy`. */
  readonly sell: (request?: OrderRequest) => Order;
  /** Places a market order that closes the position, or the given part of it. Does nothing when flat. */
  readonly close: (request?: { readonly fraction?: number; readonly on?: BarSeries }) => void;
  /** Withdraws every order that waits, of all series. A position keeps its stop loss and take profit. */
  readonly cancelAll: () => void;
  /** What is held of the first series. */
  readonly position: Position;
  /** What is held of any series of the run. */
  readonly positionOf: (bars: BarSeries) => Position;
  /** What the account is worth and may spend. */
  readonly account: Account;
  /** The first series of the run, as in `init`. */
  readonly bars: BarSeries;
  /** All series of the run, as in `init`. */
  readonly series: readonly BarSeries[];
  /** One of them by name, as in `init`. */
  readonly symbol: SeriesLookup;
  /** The parameters of the run. */
  readonly params: ParamsOf<P>;
  /** How often `next` was called before: the index of the current bar, where there is but one series. */
  readonly index: number;
  /** Start of the bar that was completed just now (of several, the shortest), microseconds since the epoch, UTC. */
  readonly time: number;
  /** Date of the bar's start in the dataset's zone, as a number: 20201231. */
  readonly date: number;
  /** Minutes since midnight at the bar's start in the dataset's zone, 0 to 1439. */
  readonly minuteOfDay: number;
  /** Day of the week of the bar's start in the dataset's zone: 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /**
   * True on the first bar, and where the date differs from the bar before: the first bar of a session that lies within
   * one date. That a bar is the last of its session nobody can know before the next one comes, half days being what they
   * are; act on a `minuteOfDay` instead.
   */
  readonly isNewDay: boolean;
  /** The next number of the run's seeded generator, 0 or more and below 1. */
  readonly random: () => number;
  /** Draws a value at the current bar, under the name of its line, in the report's chart. */
  readonly plot: (name: string, value: number) => void;
}
