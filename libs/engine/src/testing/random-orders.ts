import fc from 'fast-check';
import type { Bars } from '../bars.js';
import { Book } from '../broker/book.js';
import { OrderEvents } from '../broker/order-events.js';
import type { OrderRequest } from '../order-request.js';
import { replay } from '../replay.js';
import type { BacktestSettings } from '../settings.js';
import { defineStrategy, type Strategy } from '../strategy.js';
import { StrategyRun, wholeTape } from '../strategy-run.js';
import { randomBars } from '../testing.js';
import { withRandomActions } from '../actions/random-actions.js';
import type { Order, Trader } from '../trader.js';

/** What a random trader does at a bar; prices are multiples of the current close. */
export interface Deed {
  readonly bar: number;
  readonly other: boolean;
  readonly act: 'buy' | 'sell' | 'close' | 'cancel' | 'cancelAll' | 'replace';
  readonly size: number | null;
  readonly fraction: number | null;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly stopLoss: number | null;
  readonly takeProfit: number | null;
  readonly further: Further | null;
}

/** Distances are fractions of the current close, times are bars ahead, links are so many orders back. */
interface Further {
  readonly touch: number | null;
  readonly trail: number | null;
  readonly trailsByAmount: boolean;
  readonly trailingStop: number | null;
  readonly at: 'open' | 'close' | null;
  readonly timeInForce: 'gtc' | 'day' | 'ioc' | 'fok' | null;
  readonly goodTill: number | null;
  readonly reduceOnly: boolean | null;
  readonly oco: number | null;
  readonly after: number | null;
  readonly measure: 'value' | 'equity' | 'risk' | 'volatility' | null;
}

export const length = 60;
const near = fc.double({ min: 0.97, max: 1.03, noNaN: true });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });
const atTimes = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, value);
const seldom = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, value);

const further: fc.Arbitrary<Further> = fc.record({
  touch: seldom(near),
  trail: seldom(fc.double({ min: 0.001, max: 0.05, noNaN: true })),
  trailsByAmount: fc.boolean(),
  trailingStop: seldom(fc.double({ min: 0.001, max: 0.05, noNaN: true })),
  at: seldom(fc.constantFrom('open', 'close')),
  timeInForce: seldom(fc.constantFrom('gtc', 'day', 'ioc', 'fok')),
  goodTill: seldom(fc.nat({ max: 20 })),
  reduceOnly: seldom(fc.boolean()),
  oco: seldom(fc.nat({ max: 2 })),
  after: seldom(fc.nat({ max: 2 })),
  measure: seldom(fc.constantFrom('value', 'equity', 'risk', 'volatility')),
});

const deed: fc.Arbitrary<Deed> = fc.record({
  bar: fc.nat({ max: length - 1 }),
  other: fc.boolean(),
  act: fc.constantFrom('buy', 'buy', 'buy', 'sell', 'sell', 'sell', 'close', 'cancel', 'cancelAll', 'replace'),
  size: maybe(fc.double({ min: 0.01, max: 2000, noNaN: true })),
  fraction: maybe(fc.double({ min: 0.01, max: 1, noNaN: true })),
  limit: atTimes(near),
  stop: atTimes(near),
  stopLoss: atTimes(near),
  takeProfit: atTimes(near),
  further: maybe(further),
});
export const deeds = fc.array(deed, { maxLength: 40 }).map((list) => list.sort((a, b) => a.bar - b.bar));

export const settings: fc.Arbitrary<BacktestSettings> = fc.record({
  cash: fc.constantFrom(100_000, 1_000),
  commission: fc.constantFrom<BacktestSettings['commission'][]>(
    { kind: 'none' },
    { kind: 'fraction', rate: 0.002 },
    { kind: 'per-unit', amount: 0.01, minimum: 1 },
    { kind: 'per-order', amount: 2 },
  ),
  spread: fc.constantFrom<BacktestSettings['spread'][]>(
    { kind: 'none' },
    { kind: 'fraction', rate: 0.002 },
    { kind: 'entry-only', rate: 0.001 },
  ),
  slippage: fc.constantFrom<BacktestSettings['slippage'][]>({ kind: 'none' }, { kind: 'fraction', rate: 0.001 }),
  fill: fc.constantFrom('next-open', 'this-close'),
  path: fc.constantFrom('certain', 'certain', 'ohlc-path', 'adaptive-path', 'pessimistic'),
  volumeCap: fc.constantFrom(null, null, 0.05, 0.002),
  leverage: fc.constantFrom(1, 5, 50),
  units: fc.constantFrom('whole', 'fractional'),
  exclusiveOrders: fc.constantFrom(false, false, true),
  atEnd: fc.constantFrom('mark', 'close-at-last-open'),
  seed: fc.constant(1),
});

/** No costs at all. */
export const free: Pick<BacktestSettings, 'commission' | 'spread' | 'slippage'> = {
  commission: { kind: 'none' },
  spread: { kind: 'none' },
  slippage: { kind: 'none' },
};

/** Does the deeds it can; what the trader refuses (a stop loss on the wrong side) is left out. */
export function strategyOf(list: readonly Deed[], onOrder?: Strategy['onOrder']): Strategy {
  return defineStrategy({
    name: 'Random',
    init: () => ({ at: 0, orders: [] as Order[] }),
    next(trader, memory) {
      while (memory.at < list.length && list[memory.at]!.bar <= trader.index) {
        const order = attempt(trader, list[memory.at++]!, memory.orders);
        if (order) memory.orders.push(order);
      }
    },
    ...(onOrder && { onOrder }),
  });
}

function attempt(trader: Trader, deed: Deed, orders: readonly Order[]): Order | null {
  const on = trader.series[deed.other ? 1 : 0] ?? trader.bars;
  if (deed.act === 'close') trader.close(deed.fraction ? { fraction: deed.fraction, on } : { on });
  if (deed.act === 'cancelAll') trader.cancelAll();
  if (deed.act === 'cancel') orders.at(-1)?.cancel();
  if (deed.act !== 'buy' && deed.act !== 'sell' && deed.act !== 'replace') return null;
  try {
    const request = requestOf(trader, deed, orders, on);
    if (deed.act !== 'replace') return trader[deed.act](request);
    const { on: _, oco, after, ...changes } = request;
    orders.findLast(({ waiting }) => waiting)?.replace(changes);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function requestOf(trader: Trader, deed: Deed, orders: readonly Order[], on: Trader['bars']): OrderRequest {
  const price = on.close.now;
  const { further } = deed;
  const at = (factor: number | null | undefined) =>
    factor === null || factor === undefined ? undefined : factor * price;
  const given = <T>(value: T | null | undefined) => value ?? undefined;
  const back = (count: number | null | undefined) =>
    count === null || count === undefined ? undefined : orders.filter(({ waiting }) => waiting).at(-1 - count);
  const trail = (share: number | null | undefined) =>
    share === null || share === undefined ? undefined : further?.trailsByAmount ? share * price : { fraction: share };
  const measured = further?.measure ?? null;
  const request = {
    on,
    size: measured === null ? given(deed.size) : undefined,
    fraction: measured === null && deed.size === null ? given(deed.fraction) : undefined,
    value: measured === 'value' ? 5_000 : undefined,
    equity: measured === 'equity' ? (deed.fraction ?? 0.5) : undefined,
    risk: measured === 'risk' ? 0.01 : undefined,
    volatility: measured === 'volatility' ? 0.2 : undefined,
    volatilityBars: measured === 'volatility' ? 5 : undefined,
    limit: at(deed.limit),
    stop: at(deed.stop),
    stopLoss: at(deed.stopLoss),
    takeProfit: at(deed.takeProfit),
    touch: at(further?.touch),
    trail: trail(further?.trail),
    trailingStop: trail(further?.trailingStop),
    at: given(further?.at),
    timeInForce: given(further?.timeInForce),
    goodTill: further && further.goodTill !== null ? trader.time + further.goodTill * 3_600e6 : undefined,
    reduceOnly: given(further?.reduceOnly),
    oco: back(further?.oco),
    after: back(further?.after),
  };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

/** A run, what the broker noted of its orders, and its replay by the host. */
export function play(series: readonly Bars[], list: readonly Deed[], given: BacktestSettings) {
  const book = new Book();
  const run = new StrategyRun(strategyOf(list), { bars: series, settings: given, params: {} }, {}, book);
  const events = new OrderEvents();
  run.broker.events = events;
  const tape = wholeTape(run);
  const result = replay(series, given, tape);
  const own = () => book.result(result.equity, result.exposure, run.broker.venues, result.trades.tags);
  return { bars: series[0]!, run, tape, result, own, notes: events.take() };
}

/** Bars of a walk with wide swings: days, or hours of several days; of every third seed with corporate actions. */
export function barsOf(seed: number): Bars {
  const known = made.get(seed);
  if (known) return known;
  const plain = randomBars(length, seed, { volatility: 0.03, interval: seed % 2 === 0 ? '1d' : '1h' });
  const bars = seed % 3 === 0 ? withRandomActions(plain, seed) : plain;
  made.set(seed, bars);
  return bars;
}

const made = new Map<number, Bars>();

/** The beginning of bars. */
export function beginning(whole: Bars, count: number): Bars {
  const columns = Object.entries(whole).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Float64Array ? value.subarray(0, count) : value,
  ]);
  return { ...(Object.fromEntries(columns) as Bars), length: count };
}
