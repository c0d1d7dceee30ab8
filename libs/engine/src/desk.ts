import type { BarSeries } from './bar-series.js';
import type { Broker } from './broker/broker.js';
import { type Calendar, calendarOf } from './calendar.js';
import type { Account as BrokerAccount } from './broker/account.js';
import { orderFault } from './broker/order-fault.js';
import { isTrailing, noTerms } from './broker/order-terms.js';
import type { OrderNote } from './broker/order-events.js';
import { noPrices, type OrderTicket, pricesOf } from './broker/order-ticket.js';
import type { ParamSpecs, ParamsOf } from './params.js';
import type { Pace } from './pace.js';
import type { Plots } from './plots.js';
import type { Cursor } from './series.js';
import { longestTag, mostTags, TapeWriter } from './tape/tape.js';
import type { OrderChanges, OrderRequest } from './order-request.js';
import {
  amountOf,
  type FurtherRequest,
  furtherRequest,
  FurtherTerms,
  numberOf,
  sizesGiven,
  unitsOf,
} from './further-request.js';
import { mergedRequest, type OrderActs, PlacedOrder, standFor, workingOrderOf } from './placed-order.js';
import type { SeriesLookup } from './series-lookup.js';
import type { Account, Order, OrderEvent, Position, Trader } from './trader.js';
import type { Venue } from './broker/venue.js';
import type { WorkingOrder } from './broker/working-order.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Inside the engine only: a broker's note as the strategy of this desk hears it. */
export let eventOf: <P extends ParamSpecs>(desk: Desk<P>, note: OrderNote) => OrderEvent;

/** The trader that `next` is given: checks what it is told, writes it on the tape, and hands it to the broker. */
export class Desk<P extends ParamSpecs> implements Trader<P> {
  readonly #broker: Broker;
  readonly #tape: TapeWriter;
  readonly #plots: Plots;
  readonly #positions: readonly Position[];
  readonly #calendar: Calendar;
  readonly #pace: Pace;
  readonly #cursor: Cursor;
  readonly #indexOf: ReadonlyMap<BarSeries, number>;
  /** The order that is being placed; the broker takes what it says and keeps nothing of it. */
  readonly #ticket: Mutable<OrderTicket> = {
    ...{ series: 0, side: 1, units: 0.5, share: 0.5 },
    ...{ prices: noPrices, terms: null, tag: 0 },
  };
  readonly #further = new FurtherTerms();
  /** The strategy's orders by their row, where it hears what becomes of them. */
  readonly #placed: Map<number, PlacedOrder> | null;

  readonly position: Position;
  readonly account: Account;
  readonly bars: BarSeries;
  readonly series: readonly BarSeries[];
  readonly symbol: SeriesLookup;
  readonly params: ParamsOf<P>;
  readonly random: () => number;

  /** Tape and plots stay with the caller: a strategy that could reach them here could rewrite what it did. */
  constructor(
    broker: Broker,
    { series, symbol, params, random }: Pick<Trader<P>, 'series' | 'symbol' | 'params' | 'random'>,
    { tape, plots, listens }: { readonly tape: TapeWriter; readonly plots: Plots; readonly listens: boolean },
  ) {
    this.#broker = broker;
    this.#tape = tape;
    this.#plots = plots;
    this.#placed = listens ? new Map() : null;
    this.#pace = broker.pace;
    this.#cursor = broker.now;
    this.#indexOf = new Map(series.map((bars, index) => [bars, index]));
    this.#calendar = calendarOf(broker.venues.map(({ bars }) => bars));
    this.#positions = broker.venues.map((venue) => new VenuePosition(venue));
    this.position = this.#positions[0]!;
    this.account = new AccountView(broker.account);
    this.series = Object.freeze([...series]);
    this.symbol = symbol;
    this.bars = series[0]!;
    this.params = params;
    this.random = random;
    Object.freeze(this);
  }

  readonly buy = (request?: OrderRequest): Order => this.#place('buy', 1, request);
  readonly sell = (request?: OrderRequest): Order => this.#place('sell', -1, request);

  readonly close = (request?: { readonly fraction?: number; readonly on?: BarSeries }): void => {
    this.#requireNext('close');
    const series = request?.on === undefined ? 0 : this.#seriesOf('close', request.on);
    const share = request?.fraction === undefined ? 1 : numberOf('close', 'fraction', request.fraction);
    if (!(share > 0 && share <= 1))
      throw new RangeError(`close: fraction is ${share}; give a share above 0 and at most 1.`);
    if (this.#broker.venues[series]!.holding.units === 0) return;
    this.#broker.close(series, share);
    this.#tape.close(this.#cursor.index, series, share);
  };

  readonly cancelAll = (): void => {
    this.#requireNext('cancelAll');
    if (this.#broker.venues.every((venue) => venue.waitingCount === 0)) return;
    this.#broker.cancelAll();
    this.#tape.cancelAll(this.#cursor.index);
  };

  readonly positionOf = (bars: BarSeries): Position => this.#positions[this.#seriesOf('positionOf', bars)]!;

  readonly plot = (name: string, value: number): void => {
    this.#plots.add(name, this.#cursor.index, value);
  };

  /** What an order that was placed can still do. */
  readonly #acts: OrderActs = {
    cancel: (order) => {
      this.#requireNext('cancel');
      this.#broker.cancel(order);
      this.#tape.cancel(this.#cursor.index, order.row);
    },
    replace: (placed, order, request, changes) => this.#replace(placed, order, request, changes),
  };

  get index(): number {
    return this.#cursor.index;
  }

  get time(): number {
    return this.#pace.time[this.#cursor.index]!;
  }

  get date(): number {
    return this.#calendar.date(this.time);
  }

  get minuteOfDay(): number {
    return this.#calendar.minuteOfDay(this.time);
  }

  get weekday(): number {
    return this.#calendar.weekday(this.time);
  }

  get isNewDay(): boolean {
    const index = this.#cursor.index;
    return index === 0 || this.date !== this.#calendar.date(this.#pace.time[index - 1]!);
  }

  #place(name: 'buy' | 'sell', side: number, request: OrderRequest | undefined): Order {
    this.#requireNext(name);
    const ticket = request === undefined ? everything(side) : this.#ticketOf(name, side, request);
    const order = this.#broker.place(ticket, this.#tape.length);
    this.#tape.place(this.#cursor.index, ticket);
    const placed = new PlacedOrder(this.#acts, order, order.row, request);
    this.#placed?.set(order.row, placed);
    return placed;
  }

  #replace(placed: PlacedOrder, old: WorkingOrder, request: OrderRequest, changes: OrderChanges): void {
    this.#requireNext('replace');
    const merged = mergedRequest(request, changes, old);
    const ticket = this.#ticketOf('replace', old.side, { ...merged, on: this.series[old.series]! });
    const replacing = { ...ticket, terms: { ...(ticket.terms ?? noTerms), replaces: old.row } };
    const order = this.#broker.place(replacing, this.#tape.length);
    this.#tape.place(this.#cursor.index, replacing);
    standFor(placed, order, merged);
    this.#placed?.set(order.row, placed);
  }

  /** Orders given while the bars move on, or after the last, would be orders with knowledge of another moment. */
  #requireNext(name: string): void {
    if (this.#broker.isListening) return;
    throw new RangeError(
      `${name}: orders are given while next runs, not from map, rolling or scan, nor from a promise that ends later.`,
    );
  }

  #ticketOf(name: string, side: number, request: OrderRequest): OrderTicket {
    // All fields are read before any is used: a getter among them may place an order of its own.
    const { size, fraction, limit, stop, stopLoss, takeProfit, tag, on } = request;
    const further = furtherRequest(request);

    const ticket = this.#ticket;
    ticket.series = on === undefined ? 0 : this.#seriesOf(name, on);
    ticket.side = side;
    ticket.units = size === undefined ? 0 : amountOf(name, 'size', size);
    ticket.share = fraction === undefined ? (size === undefined ? 1 : 0) : amountOf(name, 'fraction', fraction);
    ticket.prices = pricesOf(
      limit === undefined ? NaN : numberOf(name, 'limit', limit),
      stop === undefined ? NaN : numberOf(name, 'stop', stop),
      stopLoss === undefined ? NaN : numberOf(name, 'stopLoss', stopLoss),
      takeProfit === undefined ? NaN : numberOf(name, 'takeProfit', takeProfit),
    );
    ticket.terms = null;
    ticket.tag = tag === undefined ? 0 : this.#tagOf(name, tag);
    if (further !== null) this.#goFurther(name, ticket, further, sizesGiven(size, fraction, further));
    const fault = orderFault(ticket) ?? this.#faultByNow(ticket) ?? this.#faultAtMarket(ticket);
    if (fault) throw new RangeError(`${name}: ${fault}`);
    return ticket;
  }

  /** Gives a ticket its further terms, and units where it names them by another measure. */
  #goFurther(name: string, ticket: Mutable<OrderTicket>, further: FurtherRequest, sizes: readonly string[]): void {
    if (sizes.length > 1) throw new RangeError(`${name}: Give one of ${sizes.join(' and ')}, not both.`);
    const series = ticket.series;
    const bars = this.series[series]!;
    const terms = this.#further.terms(name, further, bars, (link, order) => this.#linked(name, link, order));
    ticket.terms = terms;
    const { limit, stop, stopLoss } = ticket.prices;
    const touch = terms === null ? NaN : terms.touch;
    const price = [limit, stop, touch].find((one) => one === one) ?? this.#broker.venues[series]!.mark;
    const trails = terms === null ? NaN : terms.stopTrail;
    const behind = terms !== null && trails !== trails ? terms.stopTrailFraction * price : trails;
    const riskPerUnit = stopLoss === stopLoss ? Math.abs(price - stopLoss) : behind;
    const units = unitsOf(name, { further, price, equity: this.#broker.account.equity, riskPerUnit, bars });
    if (units === 0) return;
    ticket.units = units;
    ticket.share = 0;
  }

  /** The order that another is to be linked with: one of this run that waits. */
  #linked(name: string, link: string, placed: unknown): WorkingOrder {
    const order = workingOrderOf(placed, this.#acts);
    if (order) return order;
    throw new RangeError(`${name}: ${link} is no order of this run that waits; ask order.waiting first.`);
  }

  /** A market order's stop loss and take profit lie on their sides of the current close. */
  #faultAtMarket({ series, side, prices, terms }: OrderTicket): string | null {
    if (prices === noPrices || prices.limit === prices.limit || prices.stop === prices.stop) return null;
    if (terms !== null && (terms.touch === terms.touch || isTrailing(terms) || terms.after >= 0)) return null;
    const { mark } = this.#broker.venues[series]!;
    const [above, below] = side > 0 ? (['takeProfit', 'stopLoss'] as const) : (['stopLoss', 'takeProfit'] as const);
    if (prices[above] <= mark) return `${above} ${prices[above]} must be above the current close, ${mark}.`;
    if (prices[below] >= mark) return `${below} ${prices[below]} must be below the current close, ${mark}.`;
    return null;
  }

  /** What is wrong with further terms at this moment and price. */
  #faultByNow({ series, side, prices: { limit, stop }, terms }: OrderTicket): string | null {
    if (terms === null) return null;
    if (terms.goodTill < this.time) {
      return `goodTill is ${terms.goodTill}, which is past: now is ${this.time}, in microseconds since the epoch, UTC.`;
    }
    // What waits for another order's fill begins at a price that is not known yet.
    if (terms.after >= 0) return null;
    const name = side < 0 ? 'trail' : 'trailingStop';
    const distance = side < 0 ? terms.trail : terms.stopTrail;
    const price = [limit, stop, terms.touch].find((one) => one === one) ?? this.#broker.venues[series]!.mark;
    if (!(distance >= price)) return null;
    return `${name} is ${distance} behind a price of ${price}: a stop at 0 or less is never reached. Give a shorter distance, or a fraction.`;
  }

  #eventOf({ type, row, role, series, bar, side, units, price, reason, tag }: OrderNote): OrderEvent {
    const order = this.#placed?.get(row) ?? null;
    const isOver = type !== 'partially-filled';
    if (isOver) this.#placed?.delete(row);
    const on = this.series[series]!;
    return { type, order, role, on, bar, size: side * units, price, reason, tag: this.#tape.tagOf(tag) };
  }

  static {
    eventOf = (desk, note) => desk.#eventOf(note);
  }

  #seriesOf(name: string, bars: BarSeries): number {
    const series = this.#indexOf.get(bars);
    if (series !== undefined) return series;
    throw new TypeError(
      `${name}: what was given is not one of this run's series; take it from series or symbol, not from resample or adjusted.`,
    );
  }

  #tagOf(name: string, tag: string): number {
    if (typeof tag !== 'string' || tag.length > longestTag) {
      throw new RangeError(`${name}: tag must be a text of at most ${longestTag} characters.`);
    }
    const index = this.#tape.tagIndex(tag);
    if (index < 0) throw new RangeError(`${name}: a run keeps ${mostTags} different tags; "${tag}" would be one more.`);
    return index;
  }
}

function everything(side: number): OrderTicket {
  return { series: 0, side, units: 0, share: 1, prices: noPrices, terms: null, tag: 0 };
}

export class VenuePosition implements Position {
  readonly #venue: Venue;

  constructor(venue: Venue) {
    this.#venue = venue;
  }

  get size(): number {
    return this.#venue.holding.units;
  }

  get isLong(): boolean {
    return this.#venue.holding.units > 0;
  }

  get isShort(): boolean {
    return this.#venue.holding.units < 0;
  }

  get entryPrice(): number {
    const { units, basis } = this.#venue.holding;
    return units === 0 ? NaN : basis / units;
  }

  get entryBar(): number {
    return this.#venue.holding.oldest?.entryBar ?? -1;
  }

  get pnl(): number {
    return this.#venue.holding.pnlAt(this.#venue.mark);
  }

  get returns(): number {
    const { units, basis } = this.#venue.holding;
    return units === 0 ? 0 : this.pnl / Math.abs(basis);
  }
}

export class AccountView implements Account {
  readonly #account: BrokerAccount;

  constructor(account: BrokerAccount) {
    this.#account = account;
  }

  get equity(): number {
    return this.#account.equity;
  }

  get cash(): number {
    return this.#account.cash;
  }

  get free(): number {
    return this.#account.free;
  }
}
