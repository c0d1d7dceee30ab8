import type { BarSeries } from './bar-series.js';
import type { OrderChanges, OrderRequest } from './order-request.js';
import type { ParamSpecs, ParamsOf } from './params.js';
import type { SeriesLookup } from './series-lookup.js';

/**
 * An order that was placed. Where a run carries out splits, what waits goes through them before the bar opens: after 2:1 it
 * asks for twice the units at half the price, and a stop or trail stands at half. Dividends leave its prices alone.
 */
export interface Order {
  /** Withdraws the order if it still waits; later, does nothing. */
  cancel(): void;
  /**
   * Puts another order in its place that asks for the same but for what is given; a new size counts as what is yet to
   * fill. The one that waited is cancelled, this object stands for the new one, and its links with other orders stay. A
   * trailing stop starts anew from the current close. Answers false, and does nothing, where the order waits no more.
   * @throws RangeError as `buy`
   */
  replace(changes: OrderChanges): boolean;
  /** True while it waits for its price or for the next bar. */
  readonly waiting: boolean;
}

/** What became of an order, as `onOrder` hears it. */
export interface OrderEvent {
  readonly type: 'filled' | 'partially-filled' | 'cancelled' | 'expired' | 'rejected';
  /** The order as `buy` or `sell` returned it; null where the broker placed it. */
  readonly order: Order | null;
  /** Who it is: an order of the strategy, the stop loss or take profit of one, what `close` placed, or what a delisting or split settled. */
  readonly role: 'order' | 'stop-loss' | 'take-profit' | 'close';
  /** The series it is for. */
  readonly on: BarSeries;
  /** Index of the bar in which it happened. */
  readonly bar: number;
  /** Units that this event filled, negative where sold; NaN where nothing filled. */
  readonly size: number;
  /** Price of that fill, costs included; NaN where nothing filled. */
  readonly price: number;
  /** Why it was rejected, in a sentence; else empty. */
  readonly reason: string;
  /** The order's tag. */
  readonly tag: string;
}

/** What is held of one series, in units and prices as they are after the splits that the run carried out. */
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
  /** Money without open positions' profit and loss, in currency; dividends come in on their ex date. */
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
