import { describe, expect, test } from '@jest/globals';
import { GuestClock } from './guest-clock.js';
import { sma } from './indicators/index.js';
import { runStrategy } from './strategy-run.js';
import { scripted } from './scripted.js';
import { defaultSettings } from './settings.js';
import { defineStrategy } from './strategy.js';
import { backtest, barsFromCloses } from './testing.js';
import type { OrderRequest } from './order-request.js';
import type { Trader } from './trader.js';

const bars = barsFromCloses([100, 101, 102, 103, 104, 105]);

/** Runs the script and answers what `see` read at each bar. */
function seen<T>(see: (trader: Trader) => T): T[] {
  const values: T[] = [];
  backtest(defineStrategy({ name: 'Seer', next: (trader) => void values.push(see(trader)) }), bars);
  return values;
}

describe('an order that makes no sense is refused in words', () => {
  test.each<[string, OrderRequest, string]>([
    ['size', { size: NaN }, 'buy: size is NaN; give a number above 0, or leave it out.'],
    ['size', { size: 0 }, 'buy: size is 0; give a number above 0, or leave it out.'],
    ['size', { size: -3 }, 'buy: size is -3; give a number above 0, or leave it out.'],
    ['size', { size: Infinity }, 'buy: size is Infinity; give units above 0.'],
    ['fraction', { fraction: 1.5 }, 'buy: fraction is 1.5; give a share above 0 and at most 1.'],
    ['size and fraction', { size: 1, fraction: 0.5 }, 'buy: Give size or fraction, not both.'],
    [
      'goodTill in milliseconds',
      { goodTill: 1_577_836_900_000 },
      'buy: goodTill is 1577836900000, which is past: now is 1577836800000000, in microseconds since the epoch, UTC.',
    ],
    ['limit', { limit: NaN }, 'buy: limit is NaN; give a number, or leave it out.'],
    ['stop', { stop: -1 }, 'buy: stop is -1; give a price above 0.'],
    ['stopLoss', { stopLoss: 100 }, 'buy: stopLoss 100 must be below the current close, 100.'],
    ['takeProfit', { takeProfit: 99 }, 'buy: takeProfit 99 must be above the current close, 100.'],
    ['stopLoss', { limit: 90, stopLoss: 95 }, 'buy: stopLoss 95 must be below the price of the buy: 90.'],
    ['takeProfit', { stop: 110, takeProfit: 105 }, 'buy: takeProfit 105 must be above the price of the buy: 110.'],
    ['tag', { tag: 'x'.repeat(65) }, 'buy: tag must be a text of at most 64 characters.'],
  ])('%s: %p', (_, request, message) => {
    const script = scripted({ 0: ({ buy }) => void buy(request) });
    expect(() => backtest(script, bars)).toThrow(new RangeError(message));
  });

  test('a text where a number belongs', () => {
    const request = JSON.parse('{"size":"ten"}') as OrderRequest;
    const script = scripted({ 0: ({ buy }) => void buy(request) });
    expect(() => backtest(script, bars)).toThrow('buy: size is ten; give a number above 0, or leave it out.');
  });

  test('a part of a position beyond the whole', () => {
    const script = scripted({ 0: ({ close }) => close({ fraction: 2 }) });
    expect(() => backtest(script, bars)).toThrow('close: fraction is 2; give a share above 0 and at most 1.');
  });

  test('one tag too many', () => {
    const script = scripted({
      0: ({ buy }) => {
        for (let i = 0; i <= 1_000; i++) buy({ size: 1, tag: `tag ${i}` });
      },
    });
    expect(() => backtest(script, bars)).toThrow('a run keeps 1000 different tags; "tag 1000" would be one more.');
  });
});

describe('a strategy sees the present and the past', () => {
  test('values relative to the current bar', () => {
    expect(seen(({ bars: { close } }) => [close.now, close.ago(1), close.ago(2)])).toEqual([
      [100, NaN, NaN],
      [101, 100, NaN],
      [102, 101, 100],
      [103, 102, 101],
      [104, 103, 102],
      [105, 104, 103],
    ]);
  });

  test.each([-1, 0.5, NaN, -Infinity])('ago(%p) is refused', (back) => {
    expect(() => seen(({ bars: { close } }) => close.ago(back))).toThrow(
      `ago(${back}): the number of bars back must be a whole number, 0 or more.`,
    );
  });

  test('far before the first bar there is nothing', () => {
    expect(seen(({ bars: { close } }) => close.ago(2 ** 40))[5]).toBeNaN();
  });

  test('init has no current bar', () => {
    const early = defineStrategy({ name: 'Early', init: ({ bars: { close } }) => close.now, next: () => undefined });
    expect(() => backtest(early, bars)).toThrow('init has no current bar');
  });

  test('nothing that can be reached from what a strategy is given holds the columns', () => {
    const found: string[] = [];
    const visited = new Set<unknown>();
    const search = (value: unknown, path: string): void => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || visited.has(value)) return;
      visited.add(value);
      if (ArrayBuffer.isView(value)) found.push(path);
      for (let holder: unknown = value; holder && holder !== Object.prototype; holder = Object.getPrototypeOf(holder)) {
        for (const key of Reflect.ownKeys(holder)) {
          if (path.length > 200 || key === 'caller' || key === 'callee' || key === 'arguments') continue;
          const { value: inner, get } = Object.getOwnPropertyDescriptor(holder, key)!;
          search(get ? attempt(() => get.call(value)) : inner, `${path}.${String(key)}`);
        }
      }
    };
    const spy = defineStrategy({
      name: 'Spy',
      init: ({ bars: view }) => ({ average: sma(view.close, 2) }),
      next: (trader, signals) => {
        if (trader.index !== 2) return;
        const order = trader.buy({ size: 1, limit: 50 });
        search({ trader, signals, order }, '');
      },
    });
    backtest(spy, bars);
    expect(found).toEqual([]);
  });
});

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

describe('the trader', () => {
  test('works destructured, and tells what is held', () => {
    const held: unknown[] = [];
    const script = scripted({
      0: ({ buy }) => void buy({ size: 10 }),
      2: ({ position, account }) => {
        held.push(
          position.size,
          position.entryPrice,
          position.entryBar,
          position.pnl,
          position.returns,
          position.isLong,
        );
        held.push(account.equity, account.cash, account.free);
      },
    });
    backtest(script, bars, { cash: 2_000, commission: { kind: 'per-order', amount: 1 } });
    // Bought at the open of bar 1, 100; bar 2 closes at 102.
    expect(held).toEqual([10, 100, 1, 20, 0.02, true, 2_019, 1_999, 999]);
  });

  test('is flat with NaN for an entry price', () => {
    expect(seen(({ position }) => [position.size, position.entryPrice, position.pnl])[0]).toEqual([0, NaN, 0]);
  });

  test('an order waits until it has filled', () => {
    const waiting: boolean[] = [];
    const script = defineStrategy({
      name: 'Waiting',
      init: () => ({ order: null as { readonly waiting: boolean } | null }),
      next(trader, memory) {
        memory.order ??= trader.buy({ size: 1 });
        waiting.push(memory.order.waiting);
      },
    });
    backtest(script, bars);
    expect(waiting).toEqual([true, false, false, false, false, false]);
  });

  test('draws the numbers of the run’s seed', () => {
    const first = seen(({ random }) => random());
    expect(seen(({ random }) => random())).toEqual(first);
    expect(new Set(first).size).toBe(6);
  });

  test('plots lines', () => {
    const script = scripted({ 1: ({ plot }) => plot('level', 5), 3: ({ plot }) => plot('level', 7) });
    const { plots } = runStrategy(script, { bars: [bars], settings: defaultSettings, params: {} });
    expect(plots).toEqual([{ name: 'level', bar: Int32Array.of(1, 3), value: Float64Array.of(5, 7) }]);
  });

  test('a 17th line is refused', () => {
    const script = scripted({ 0: ({ plot }) => Array.from({ length: 17 }, (_, i) => plot(`line ${i}`, 1)) });
    expect(() => backtest(script, bars)).toThrow('plot: a run draws at most 16 lines');
  });
});

test('the guest’s clock stands at the bar that the strategy sees', () => {
  const clock = new GuestClock();
  const read = () => [clock.bar, clock.time, clock.now];
  const reads: unknown[] = [];
  const strategy = defineStrategy({
    name: 'Clock',
    init: () => void reads.push(read()),
    next: ({ index }) => void (index < 2 && reads.push(read())),
  });
  runStrategy(strategy, { bars: [bars], settings: defaultSettings, params: {} }, { clock });
  expect(reads).toEqual([
    [-1, null, bars.time[0]],
    [0, bars.time[0], bars.knownAt[0]],
    [1, bars.time[1], bars.knownAt[1]],
  ]);
});

test('neither the trader nor its list of series can be changed', () => {
  expect(seen((trader) => Object.isFrozen(trader) && Object.isFrozen(trader.series))).not.toContain(false);
});
