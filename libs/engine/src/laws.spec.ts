import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Book } from './broker/book.js';
import { Replay, replay } from './replay.js';
import { orderStates, type BacktestResult } from './results.js';
import { StrategyRun, wholeTape } from './strategy-run.js';
import { type BacktestSettings, defaultSettings } from './settings.js';
import { defineStrategy, type Strategy } from './strategy.js';
import { barsFrom, randomBars } from './testing.js';
import type { Bars } from './bars.js';
import type { Order, OrderRequest, Trader } from './trader.js';

/** What a random trader does at a bar; prices are multiples of the current close. */
interface Deed {
  readonly bar: number;
  readonly other: boolean;
  readonly act: 'buy' | 'sell' | 'close' | 'cancel' | 'cancelAll';
  readonly size: number | null;
  readonly fraction: number | null;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly stopLoss: number | null;
  readonly takeProfit: number | null;
}

const length = 60;
const near = fc.double({ min: 0.97, max: 1.03, noNaN: true });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });

const deed: fc.Arbitrary<Deed> = fc.record({
  bar: fc.nat({ max: length - 1 }),
  other: fc.boolean(),
  act: fc.constantFrom('buy', 'buy', 'sell', 'sell', 'close', 'cancel', 'cancelAll'),
  size: maybe(fc.double({ min: 0.01, max: 2000, noNaN: true })),
  fraction: maybe(fc.double({ min: 0.01, max: 1, noNaN: true })),
  limit: maybe(near),
  stop: maybe(near),
  stopLoss: maybe(near),
  takeProfit: maybe(near),
});
const deeds = fc.array(deed, { maxLength: 40 }).map((list) => list.sort((a, b) => a.bar - b.bar));

const settings: fc.Arbitrary<BacktestSettings> = fc.record({
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
  leverage: fc.constantFrom(1, 5, 50),
  units: fc.constantFrom('whole', 'fractional'),
  exclusiveOrders: fc.boolean(),
  atEnd: fc.constantFrom('mark', 'close-at-last-open'),
  seed: fc.constant(1),
});

const free: Partial<BacktestSettings> = {
  commission: { kind: 'none' },
  spread: { kind: 'none' },
  slippage: { kind: 'none' },
};

/** Does the deeds it can; what the trader refuses (a stop loss on the wrong side) is left out. */
function strategyOf(list: readonly Deed[]): Strategy {
  return defineStrategy({
    name: 'Random',
    init: () => ({ at: 0, orders: [] as Order[] }),
    next(trader, memory) {
      while (memory.at < list.length && list[memory.at]!.bar === trader.index) {
        const order = attempt(trader, list[memory.at++]!, memory.orders);
        if (order) memory.orders.push(order);
      }
    },
  });
}

function attempt(trader: Trader, deed: Deed, orders: readonly Order[]): Order | null {
  const on = trader.series[deed.other ? 1 : 0] ?? trader.bars;
  if (deed.act === 'close') trader.close(deed.fraction ? { fraction: deed.fraction, on } : { on });
  if (deed.act === 'cancelAll') trader.cancelAll();
  if (deed.act === 'cancel') orders.at(-1)?.cancel();
  if (deed.act !== 'buy' && deed.act !== 'sell') return null;
  const price = on.close.now;
  const at = (factor: number | null) => (factor === null ? undefined : factor * price);
  const request = {
    on,
    size: deed.size ?? undefined,
    fraction: deed.size === null ? (deed.fraction ?? undefined) : undefined,
    limit: at(deed.limit),
    stop: at(deed.stop),
    stopLoss: at(deed.stopLoss),
    takeProfit: at(deed.takeProfit),
  };
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as OrderRequest;
  try {
    return trader[deed.act](given);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function play(list: readonly Deed[], given: BacktestSettings, seed: number) {
  return playOver([randomBars(length, seed, { volatility: 0.03 })], list, given);
}

function playOver(series: readonly Bars[], list: readonly Deed[], given: BacktestSettings) {
  const book = new Book();
  const run = new StrategyRun(strategyOf(list), { bars: series, settings: given, params: {} }, {}, book);
  const tape = wholeTape(run);
  const result = replay(series, given, tape);
  const own = () => book.result(result.equity, result.exposure, run.broker.venues, result.trades.tags);
  return { bars: series[0]!, run, tape, result, own };
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const isRuined = (result: BacktestResult) => result.equity.at(-1) === 0;

function check(law: (list: readonly Deed[], given: BacktestSettings, seed: number) => void, runs = 150): void {
  fc.assert(fc.property(deeds, settings, fc.nat({ max: 50 }), law), { numRuns: runs });
}

describe('for any orders, costs and settings', () => {
  test("the tape replayed is the guest's own run, trade by trade and to the last bit", () => {
    check((list, given, seed) => {
      const { run, result, own } = play(list, given, seed);
      expect(result.equity.at(-1)).toBe(run.finalEquity);
      expect(result).toEqual(own());
    });
  });

  test('no money appears or vanishes: final equity is the cash and all profits and losses', () => {
    check((list, given, seed) => {
      const { result } = play(list, given, seed);
      if (isRuined(result)) return;
      const expected = given.cash + sum(result.trades.pnl);
      expect(Math.abs(result.equity.at(-1)! - expected)).toBeLessThan(1e-6);
    });
  });

  test('the trades have paid the commissions that the orders were charged', () => {
    check((list, given, seed) => {
      const { result } = play(list, given, seed);
      expect(Math.abs(sum(result.trades.commission) - sum(result.orders.commission))).toBeLessThan(1e-6);
    });
  });

  test('units bought and units sold differ by what is still held', () => {
    check((list, given, seed) => {
      const { orders, trades } = play(list, given, seed).result;
      let ordered = 0;
      for (let i = 0; i < orders.length; i++)
        if (orderStates[orders.state[i]!] === 'filled') ordered += orders.size[i]!;
      let held = 0;
      for (let i = 0; i < trades.length; i++) if (trades.open[i]) held += trades.size[i]!;
      expect(Math.abs(ordered - held)).toBeLessThan(1e-6);
    });
  });

  test('no order fills before the bar that follows it, but legs of its own and closes at a close', () => {
    check((list, given, seed) => {
      if (given.fill === 'this-close' || given.atEnd === 'close-at-last-open') return;
      const { orders, equity } = play(list, given, seed).result;
      if (equity.at(-1) === 0) return;
      for (let i = 0; i < orders.length; i++) {
        if (orderStates[orders.state[i]!] !== 'filled') continue;
        expect(orders.endBar[i]!).toBeGreaterThanOrEqual(orders.placedBar[i]!);
        if (orders.kind[i] === 0) expect(orders.endBar[i]!).toBe(orders.placedBar[i]! + 1);
      }
    });
  });

  test('nothing is closed before it was opened', () => {
    check((list, given, seed) => {
      const { trades } = play(list, given, seed).result;
      for (let i = 0; i < trades.length; i++) {
        expect(trades.exitBar[i]!).toBeGreaterThanOrEqual(trades.entryBar[i]!);
      }
    });
  });

  test('without costs no price lies outside its bar', () => {
    check((list, given, seed) => {
      const { bars, result } = play(list, { ...given, ...free }, seed);
      const { orders } = result;
      for (let i = 0; i < orders.length; i++) {
        if (orderStates[orders.state[i]!] !== 'filled') continue;
        const bar = orders.endBar[i]!;
        expect(orders.fillPrice[i]!).toBeGreaterThanOrEqual(bars.low[bar]!);
        expect(orders.fillPrice[i]!).toBeLessThanOrEqual(bars.high[bar]!);
      }
    });
  });

  test('a limit order never fills worse than its limit, whatever the spread', () => {
    check((list, given, seed) => {
      if (given.spread.kind === 'entry-only') return;
      const { orders } = play(list, given, seed).result;
      for (let i = 0; i < orders.length; i++) {
        if (orderStates[orders.state[i]!] !== 'filled' || Number.isNaN(orders.limit[i]!)) continue;
        const worse = Math.sign(orders.size[i]!) * (orders.fillPrice[i]! - orders.limit[i]!);
        expect(worse).toBeLessThanOrEqual(orders.limit[i]! * 1e-12);
      }
    });
  });

  test('equity at every bar is the cash, the profits settled and the open lots at the close', () => {
    check((list, given, seed) => {
      const { bars, result } = play(list, { ...given, ...free, atEnd: 'mark' }, seed);
      if (isRuined(result)) return;
      const { trades, equity } = result;
      for (let bar = 0; bar < length; bar++) {
        let expected = given.cash;
        for (let i = 0; i < trades.length; i++) {
          if (trades.entryBar[i]! > bar) continue;
          const isSettled = trades.exitBar[i]! <= bar && !trades.open[i];
          expected += trades.size[i]! * ((isSettled ? trades.exitPrice[i]! : bars.close[bar]!) - trades.entryPrice[i]!);
        }
        expect(Math.abs(equity[bar]! - expected)).toBeLessThan(1e-6);
      }
    });
  });

  test('a position is never opened beyond what the leverage allows', () => {
    check((list, given, seed) => {
      const { bars, result } = play(list, { ...given, ...free, leverage: 1 }, seed);
      const { exposure } = result;
      // Marked at closes, a long that took all the money stays at 1; a short or a gain moves it, by a bar's range at most.
      for (let bar = 0; bar < length; bar++) {
        if (exposure[bar]! > 0) expect(exposure[bar]!).toBeLessThanOrEqual(1 + 1e-9);
      }
      expect(bars.length).toBe(length);
    });
  });

  test('the future changes nothing: a run over fewer bars is the beginning of the longer one', () => {
    check((list, given, seed) => {
      const settings = { ...given, atEnd: 'mark' as const };
      const whole = randomBars(length, seed, { volatility: 0.03 });
      const cut = Math.floor(length / 2);
      const columns = Object.entries(whole).map(([name, value]: [string, unknown]) => [
        name,
        value instanceof Float64Array ? value.subarray(0, cut) : value,
      ]);
      const half = { ...(Object.fromEntries(columns) as Bars), length: cut };
      const early = playOver([half], list, settings).result;
      const full = playOver([whole], list, settings).result;
      expect(full.equity.subarray(0, cut)).toEqual(early.equity);
      expect(full.orders.placedBar.subarray(0, early.orders.length)).toEqual(early.orders.placedBar);
    });
  });

  test('a replay that uses the memory of another yields what a new one does', () => {
    let previous: Replay | null = null;
    check((list, given, seed) => {
      const { bars, tape, result } = play(list, given, seed);
      const again: Replay = new Replay([bars], given, previous);
      again.take(tape);
      expect(again.finish()).toEqual(result);
      previous = again;
    });
  });

  test('twice the same run, the same bytes', () => {
    check((list, given, seed) => {
      const [a, b] = [play(list, given, seed), play(list, given, seed)];
      expect(a.tape).toEqual(b.tape);
      expect(a.result.orders).toEqual(b.result.orders);
      expect(a.result.equity).toEqual(b.result.equity);
    }, 50);
  });
});

describe('for several series of different pace', () => {
  /** A pace of hours beside minutes, days, or hours that end earlier. */
  const others = [
    randomBars(length * 60, 5, { interval: '1m', symbol: 'B' }),
    randomBars(4, 6, { interval: '1d', symbol: 'B', volatility: 0.05 }),
    randomBars(length - 20, 7, { interval: '1h', symbol: 'B', volatility: 0.03 }),
  ];

  test('the replay is the run, and no money appears or vanishes', () => {
    check((list, given, seed) => {
      const pace = randomBars(length, seed, { interval: '1h', volatility: 0.03 });
      const { result, run, own } = playOver([pace, others[seed % 3]!], list, given);
      expect(result.equity.at(-1)).toBe(run.finalEquity);
      expect(result).toEqual(own());
      if (isRuined(result)) return;
      expect(Math.abs(result.equity.at(-1)! - given.cash - sum(result.trades.pnl))).toBeLessThan(1e-6);
    });
  });
});

test('prices of any size end in a result', () => {
  const wild = fc.constantFrom(1e308, 1e-308, 5e-324, 1, 100, Number.MAX_VALUE);
  const rows = fc.array(
    fc
      .tuple(wild, wild)
      .map(([open, close]) => ({ open, close, high: Math.max(open, close), low: Math.min(open, close) })),
    { minLength: 1, maxLength: length },
  );
  fc.assert(
    fc.property(rows, deeds, settings, (prices, list, given) => {
      const { result, run } = playOver([barsFrom(prices)], list, given);
      expect(result.equity.at(-1)).toBe(run.finalEquity);
    }),
    { numRuns: 300 },
  );
});

test('the default settings are free of costs and leverage', () => {
  expect(defaultSettings).toMatchObject({ leverage: 1, fill: 'next-open', commission: { kind: 'none' } });
});
