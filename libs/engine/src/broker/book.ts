import { TradeCostTable } from './costs/trade-costs.js';
import { FillTable } from './fill-table.js';
import { Ledger } from './ledger/ledger.js';
import { OrderTable } from './order-table.js';
import type { ActionTaken, BacktestResult } from '../results.js';
import type { BacktestSettings } from '../settings.js';
import { TradeTable } from './trade-table.js';
import type { Venue } from './venue.js';
import type { WorkingOrder } from './working-order.js';

/** So many rejections with their reasons, interventions and actions are kept; the order table has all rejected orders. */
const mostKept = 10_000;

const firstCapacity = 64;

/** The records of a run: every order, fill and trade. The host keeps one; the guest needs none. */
export class Book {
  readonly orders = new OrderTable(firstCapacity);
  readonly fills = new FillTable();
  readonly trades = new TradeTable(firstCapacity);
  readonly ledger: Ledger;
  /** What trades paid beside commission; null where the settings ask for nothing else. */
  tradeCosts: TradeCostTable | null = null;
  #interventions: { bar: number; reason: string }[] = [];
  #actions: ActionTaken[] = [];
  #rejections: { orderId: number; bar: number; reason: string }[] = [];

  /** A ledger that keeps a journal has every entry, not only what was paid. */
  constructor(ledger = new Ledger()) {
    this.ledger = ledger;
  }

  /** Begins a run under these settings. */
  begin(settings: BacktestSettings): void {
    this.tradeCosts = TradeCostTable.of(settings);
    this.ledger.begin(settings.cash);
  }

  /** Forgets everything and keeps the room for another run; what `result` answered is overwritten. */
  clear(): this {
    this.orders.clear();
    this.fills.clear();
    this.trades.clear();
    this.#rejections = [];
    this.#interventions = [];
    this.#actions = [];
    return this;
  }

  rejected(order: WorkingOrder, bar: number, reason: string): void {
    this.orders.rejected(order, bar);
    if (this.#rejections.length < mostKept) this.#rejections.push({ orderId: order.id, bar, reason });
  }

  intervened(bar: number, reason: string): void {
    if (this.#interventions.length < mostKept) this.#interventions.push({ bar, reason });
  }

  acted(action: ActionTaken): void {
    if (this.#actions.length < mostKept) this.#actions.push(action);
  }

  /** The records as a result, positions still open marked at their last close. */
  result(
    equity: Float64Array,
    exposure: Float64Array,
    venues: readonly Venue[],
    tags: readonly string[],
  ): BacktestResult {
    for (const venue of venues) {
      this.trades.held(venue);
      this.tradeCosts?.held(venue);
    }
    const orders = this.orders.orders();
    return {
      equity,
      exposure,
      trades: { ...this.trades.trades(tags), costs: this.tradeCosts?.columns() ?? null },
      orders,
      fills: this.fills.fills(orders),
      ambiguity: this.trades.ambiguity(),
      rejections: this.#rejections,
      costs: this.ledger.costs(),
      dividends: this.ledger.dividends(),
      actions: this.#actions,
      interventions: this.#interventions,
    };
  }
}
