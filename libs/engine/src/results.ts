/**
 * One closed (or, at the end of a run, still open) round trip. Columns of equal length, in order of exit. Where a split came
 * between entry and exit, size and prices are in the terms after it.
 */
export interface Trades {
  readonly length: number;
  /** Index into the run's list of series. */
  readonly series: Int32Array;
  /** Units, negative for a short. */
  readonly size: Float64Array;
  readonly entryBar: Int32Array;
  readonly exitBar: Int32Array;
  readonly entryTime: Float64Array;
  readonly exitTime: Float64Array;
  readonly entryPrice: Float64Array;
  readonly exitPrice: Float64Array;
  /** Commission of both sides, in currency. */
  readonly commission: Float64Array;
  /** Net of commission, in currency. */
  readonly pnl: Float64Array;
  /** Net P&L over the value at entry. */
  readonly returns: Float64Array;
  /** 1 where the position was still open at the end and is marked, not closed. */
  readonly open: Uint8Array;
  /** 1 where another path within a bar would have made another trade of it. */
  readonly ambiguous: Uint8Array;
  /** Index into `tags`; 0 is the empty tag. */
  readonly tag: Int32Array;
  readonly tags: readonly string[];
  /** What each paid beside its commission; null where the run's settings ask for nothing else. */
  readonly costs: TradeCosts | null;
}

/**
 * What each trade paid beside its commission, in currency, of a run the same as `Costs`. Slippage and spread are within its
 * prices, and so within its P&L; the others left the cash while it was held. Funding is below 0 where it came in.
 */
export interface TradeCosts {
  readonly slippage: Float64Array;
  readonly spread: Float64Array;
  readonly borrow: Float64Array;
  readonly interest: Float64Array;
  readonly funding: Float64Array;
}

export type OrderKind =
  | 'market'
  | 'limit'
  | 'stop'
  | 'stop-limit'
  | 'trailing-stop'
  | 'market-if-touched'
  | 'limit-if-touched'
  | 'market-on-open'
  | 'limit-on-open'
  | 'market-on-close'
  | 'limit-on-close';

/** `expired` ended by its own time in force. `filled` is filled whole; one of another state may have filled in part. */
export type OrderState = 'filled' | 'cancelled' | 'rejected' | 'open' | 'expired' | 'partially-filled';

/** Every order of a run, in order of placing; a bracket's legs and closing orders included. Prices NaN where none. */
export interface Orders {
  readonly length: number;
  readonly id: Int32Array;
  readonly series: Int32Array;
  readonly placedBar: Int32Array;
  /** Index into `orderKinds`. */
  readonly kind: Uint8Array;
  /** Units, negative to sell; NaN where a share was to be turned into units and never was. */
  readonly size: Float64Array;
  /** Units that were filled, negative where sold. */
  readonly filled: Float64Array;
  readonly limit: Float64Array;
  /** Of a trailing stop, where it stood last. */
  readonly stop: Float64Array;
  /** Index into `orderStates`. */
  readonly state: Uint8Array;
  /** Bar of the last fill, cancellation, expiry or rejection; -1 where nothing happened. */
  readonly endBar: Int32Array;
  /** Average price of what was filled, costs included; NaN where nothing was. */
  readonly fillPrice: Float64Array;
  readonly commission: Float64Array;
}

/**
 * Every fill of a run, in the order in which they happened: an order that filled in parts has as many. What was settled at a
 * price that no market made is in it too. Units and prices are in the terms of their bar.
 */
export interface Fills {
  readonly length: number;
  /** Row in the order table, which says of which series. */
  readonly order: Int32Array;
  /** Bar of that series. */
  readonly bar: Int32Array;
  /** Units, negative where sold. */
  readonly units: Float64Array;
  /** Slippage and spread included; of a fill that turned a position around, the mean of both parts. */
  readonly price: Float64Array;
  readonly commission: Float64Array;
  /** What the price lost to slippage and to the spread, in currency. */
  readonly slippage: Float64Array;
  readonly spread: Float64Array;
}

export const orderKinds: readonly OrderKind[] = [
  'market',
  'limit',
  'stop',
  'stop-limit',
  'trailing-stop',
  'market-if-touched',
  'limit-if-touched',
  'market-on-open',
  'limit-on-open',
  'market-on-close',
  'limit-on-close',
];
export const orderStates: readonly OrderState[] = [
  'filled',
  'cancelled',
  'rejected',
  'open',
  'expired',
  'partially-filled',
];

/** What a result owes to the order in which prices came within a bar. */
export interface Ambiguity {
  /** How many trades are flagged `ambiguous`. */
  readonly trades: number;
  /** Their P&L in all, had each of them met the path that was worst for it, in currency. Commission as it was charged. */
  readonly worst: number;
  /** The same for the best path. */
  readonly best: number;
}

/**
 * What a run paid, by kind, in currency. Slippage and spread are within the prices of its fills, commission within the
 * profit of its trades; the others left the cash while something was held. Funding is below 0 where more came in.
 */
export interface Costs {
  readonly commission: number;
  readonly slippage: number;
  readonly spread: number;
  readonly borrow: number;
  readonly interest: number;
  readonly funding: number;
}

/** Cash dividends of a run, in currency: received on longs, and owed by shorts to whom they borrowed from. In no trade's profit. */
export interface Dividends {
  readonly received: number;
  readonly paid: number;
}

/** A corporate action that found something held or, for a split, an order waiting. */
export interface ActionTaken {
  /** Index into the run's list of series. */
  readonly series: number;
  readonly bar: number;
  readonly kind: 'split' | 'cash-in-lieu' | 'dividend' | 'delisting';
  /** New units for each old one, or cash for each unit. */
  readonly value: number;
  /** What came into the account by it, in currency; below 0 what a short had to pay. 0 of a split. */
  readonly cash: number;
}

/** What the host's replay of a run yields. Everything in a report derives from this and the bars. */
export interface BacktestResult {
  /** Account value at each bar's close, in currency. Length: bars. */
  readonly equity: Float64Array;
  /** Value of the position over equity at each bar's close, signed. Length: bars. */
  readonly exposure: Float64Array;
  readonly trades: Trades;
  readonly orders: Orders;
  readonly fills: Fills;
  readonly ambiguity: Ambiguity;
  /** The first 10,000; the order table has all. */
  readonly rejections: readonly { readonly orderId: number; readonly bar: number; readonly reason: string }[];
  /** Summed over the run. */
  readonly costs: Costs;
  readonly dividends: Dividends;
  /** In order; the first 10,000. */
  readonly actions: readonly ActionTaken[];
  /** Where margin or a risk rule stepped in: the bar after whose close, and why. The first 10,000. */
  readonly interventions: readonly { readonly bar: number; readonly reason: string }[];
}
