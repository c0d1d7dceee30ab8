import type { BarSeries } from './bar-series.js';
import type { Bars, Zone } from './bars.js';
import type { Broker } from './broker/broker.js';
import { Calendar, carriesSessionDates } from './calendar.js';
import type { Account as BrokerAccount } from './broker/account.js';
import { orderFault } from './broker/order-fault.js';
import { noPrices, type OrderTicket, pricesOf } from './broker/order-ticket.js';
import type { ParamSpecs, ParamsOf } from './params.js';
import type { Pace } from './pace.js';
import type { Plots } from './plots.js';
import type { Cursor } from './series.js';
import { longestTag, mostTags, TapeWriter } from './tape/tape.js';
import type { SeriesLookup } from './series-lookup.js';
import type { Account, Order, OrderRequest, Position, Trader } from './trader.js';
import type { Venue } from './broker/venue.js';
import type { WorkingOrder } from './broker/working-order.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

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
  readonly #ticket: Mutable<OrderTicket> = { series: 0, side: 1, units: 0.5, share: 0.5, prices: noPrices, tag: 0 };

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
    { tape, plots }: { readonly tape: TapeWriter; readonly plots: Plots },
  ) {
    this.#broker = broker;
    this.#tape = tape;
    this.#plots = plots;
    this.#pace = broker.pace;
    this.#cursor = broker.now;
    this.#indexOf = new Map(series.map((bars, index) => [bars, index]));
    this.#calendar = new Calendar(zoneOf(broker.venues.map(({ bars }) => bars)));
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

  readonly #cancel = (order: WorkingOrder): void => {
    this.#requireNext('cancel');
    this.#broker.cancel(order);
    this.#tape.cancel(this.#cursor.index, order.row);
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
    return new PlacedOrder(this.#cancel, order, order.row);
  }

  /** Orders given while the bars move on, or after the last, would be orders with knowledge of another moment. */
  #requireNext(name: string): void {
    if (this.#broker.isListening) return;
    throw new RangeError(
      `${name}: orders are given while next runs, not from map, rolling or scan, nor from a promise that ends later.`,
    );
  }

  #ticketOf(name: 'buy' | 'sell', side: number, request: OrderRequest): OrderTicket {
    // All fields are read before any is used: a getter among them may place an order of its own.
    const { size, fraction, limit, stop, stopLoss, takeProfit, tag, on } = request;

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
    ticket.tag = tag === undefined ? 0 : this.#tagOf(name, tag);
    const fault = orderFault(ticket) ?? this.#faultAtMarket(ticket);
    if (fault) throw new RangeError(`${name}: ${fault}`);
    return ticket;
  }

  /** A market order's stop loss and take profit lie on their sides of the current close. */
  #faultAtMarket({ series, side, prices }: OrderTicket): string | null {
    if (prices === noPrices || prices.limit === prices.limit || prices.stop === prices.stop) return null;
    const { mark } = this.#broker.venues[series]!;
    const [above, below] = side > 0 ? (['takeProfit', 'stopLoss'] as const) : (['stopLoss', 'takeProfit'] as const);
    if (prices[above] <= mark) return `${above} ${prices[above]} must be above the current close, ${mark}.`;
    if (prices[below] >= mark) return `${below} ${prices[below]} must be below the current close, ${mark}.`;
    return null;
  }

  #seriesOf(name: string, bars: BarSeries): number {
    const series = this.#indexOf.get(bars);
    if (series !== undefined) return series;
    throw new TypeError(
      `${name}: what was given is not one of this run's series; take it from series or symbol, not from resample.`,
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

/** Session dates are read as they stand, unless other bars come between them. */
function zoneOf(bars: readonly Bars[]): Zone | null {
  return bars.every(carriesSessionDates) ? null : bars[0]!.zone;
}

function everything(side: number): OrderTicket {
  return { series: 0, side, units: 0, share: 1, prices: noPrices, tag: 0 };
}

/** A size or share: 0, which stands for none, is as wrong as any number that is not above it. */
function amountOf(method: string, name: string, value: number): number {
  if (typeof value === 'number' && value > 0) return value;
  throw new RangeError(`${method}: ${name} is ${String(value)}; give a number above 0, or leave it out.`);
}

function numberOf(method: string, name: string, value: number): number {
  if (typeof value === 'number' && value === value) return value;
  throw new RangeError(`${method}: ${name} is ${String(value)}; give a number, or leave it out.`);
}

class PlacedOrder implements Order {
  readonly #cancel: (order: WorkingOrder) => void;
  readonly #order: WorkingOrder;
  /** The object serves another order once this one has ended. */
  readonly #row: number;

  constructor(cancel: (order: WorkingOrder) => void, order: WorkingOrder, row: number) {
    this.#cancel = cancel;
    this.#order = order;
    this.#row = row;
  }

  get waiting(): boolean {
    return this.#order.row === this.#row && this.#order.waiting;
  }

  cancel(): void {
    if (this.waiting) this.#cancel(this.#order);
  }
}

class VenuePosition implements Position {
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

class AccountView implements Account {
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
