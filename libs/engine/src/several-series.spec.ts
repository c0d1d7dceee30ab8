import { describe, expect, test } from '@jest/globals';
import { map } from './causal.js';
import { sma } from './indicators/index.js';
import { rMultiples } from './metrics/r-multiples.js';
import { orderStates } from './results.js';
import { defineStrategy } from './strategy.js';
import { backtest, barsFrom, barsFromCloses } from './testing.js';
import type { Interval } from './bars.js';
import type { Trader } from './trader.js';

const day = 86_400_000_000;
const minute = 60_000_000;
const start = 1_577_836_800_000_000;

function script(deeds: Readonly<Record<number, (trader: Trader) => void>>) {
  return defineStrategy({ name: 'Several', next: (trader) => deeds[trader.index]?.(trader) });
}

describe('two series of one pace', () => {
  const a = barsFromCloses([100, 101, 102, 103, 104], { symbol: 'A' });
  const b = barsFromCloses([50, 40, 30, 20, 10], { symbol: 'B' });

  test('an order trades the series that it names', () => {
    const { trades, equity } = backtest(
      script({
        0: ({ buy, sell, series }) => {
          buy({ size: 10 });
          sell({ size: 10, on: series[1]! });
        },
      }),
      [a, b],
      { cash: 10_000 },
    );
    expect(Array.from(trades.series)).toEqual([0, 1]);
    expect(Array.from(trades.entryPrice)).toEqual([100, 50]);
    // Both rise for the account: the long by 4 a unit, the short by 40.
    expect(equity[4]).toBe(10_440);
  });

  test('margin is shared', () => {
    const { rejections } = backtest(
      script({
        0: ({ buy, series }) => {
          buy({ size: 80 });
          buy({ size: 80, on: series[1]! });
        },
      }),
      [a, b],
      { cash: 10_000 },
    );
    expect(rejections.map(({ reason }) => reason)).toEqual([
      '80 units at 50 need 4000.00 as margin and commission, 2000.00 is free',
    ]);
  });

  test('each series has its position, and a foreign one is refused', () => {
    const sizes: number[] = [];
    backtest(
      script({
        0: ({ buy, series }) => void buy({ size: 3, on: series[1]! }),
        2: ({ position, positionOf, series }) => void sizes.push(position.size, positionOf(series[1]!).size),
      }),
      [a, b],
    );
    expect(sizes).toEqual([0, 3]);
  });

  test('a loss of one ruins the whole account', () => {
    const up = barsFromCloses([50, 50, 500, 500, 500], { symbol: 'B' });
    const { equity } = backtest(script({ 0: ({ sell, series }) => void sell({ size: 10, on: series[1]! }) }), [a, up], {
      cash: 1_000,
    });
    expect(Array.from(equity)).toEqual([1_000, 1_000, 0, 0, 0]);
  });
});

describe('days and, as the second series, minutes', () => {
  const days = barsFromCloses([100, 200, 300], { symbol: 'A', start });
  const minutes = barsFromCloses(
    Array.from({ length: 3 * 1440 }, (_, i) => 1_000 + i),
    { symbol: 'B', interval: '1m', start },
  );

  test('next is called whenever one of them completes a bar, once where both do', () => {
    const seen: number[] = [];
    let calls = 0;
    backtest(
      defineStrategy({
        name: 'Look',
        next({ bars, series: [, b] }) {
          calls++;
          if (bars.isNew) seen.push(bars.index, b!.index, b!.close.now);
        },
      }),
      [days, minutes],
    );
    expect([calls, seen]).toEqual([3 * 1440, [0, 1439, 2439, 1, 2879, 3879, 2, 4319, 5319]]);
  });

  test('an order meets the minutes between two days, one by one', () => {
    const { orders, trades } = backtest(
      script({ 0: ({ buy, series }) => void buy({ size: 1, stop: 2_600.5, on: series[1]! }) }),
      [days, minutes],
    );
    expect(orderStates[orders.state[0]!]).toBe('filled');
    expect([trades.entryBar[0], trades.entryPrice[0], trades.entryTime[0]]).toEqual([
      1601,
      2_600.5,
      start + 1601 * minute,
    ]);
  });
});

describe('days under a pace of minutes', () => {
  const minutes = barsFromCloses(
    Array.from({ length: 2 * 1440 }, () => 10),
    { symbol: 'A', interval: '1m', start },
  );
  const days = barsFromCloses([100, 200], { symbol: 'B', start });

  test('a day is not known before it has ended, and its indicators are not either', () => {
    const seen: number[] = [];
    backtest(
      defineStrategy({
        name: 'Look',
        init: ({ series }) => sma(series[1]!.close, 1),
        next: ({ index, series }, average) => {
          if (index === 1438 || index === 1439) seen.push(series[1]!.close.now, average.now);
        },
      }),
      [minutes, days],
    );
    expect(seen).toEqual([NaN, NaN, 100, 100]);
  });

  test('an order does not fill at the open of a day that had begun before it', () => {
    const three = barsFromCloses([100, 200, 300], { symbol: 'B', start });
    const long = barsFromCloses(
      Array.from({ length: 3 * 1440 }, () => 10),
      { symbol: 'A', interval: '1m', start },
    );
    const { trades } = backtest(script({ 1500: ({ buy, series }) => void buy({ size: 1, on: series[1]! }) }), [
      long,
      three,
    ]);
    expect([trades.entryBar[0], trades.entryTime[0]]).toEqual([2, start + 2 * day]);
  });
});

describe('symbols of different histories', () => {
  const length = 100;
  const early = barsFromCloses(
    Array.from({ length }, (_, i) => 100 + i),
    { symbol: 'OLD', start },
  );
  const late = barsFromCloses(
    Array.from({ length: length - 30 }, (_, i) => 50 + i),
    { symbol: 'NEW', start: start + 30 * day },
  );
  const ended = barsFromCloses(
    Array.from({ length: 40 }, () => 20),
    { symbol: 'GONE', start },
  );

  test('one that begins later is not known before, and an order there waits for its first bar', () => {
    const seen: number[] = [];
    const { trades } = backtest(
      defineStrategy({
        name: 'Early bird',
        next({ index, buy, symbol }) {
          if (index === 0) buy({ size: 1, on: symbol('NEW') });
          if (index === 29 || index === 30) seen.push(symbol('NEW').index, symbol('NEW').close.now);
        },
      }),
      [early, late],
    );
    expect(seen).toEqual([-1, NaN, 0, 50]);
    expect([trades.entryBar[0], trades.entryTime[0]]).toEqual([0, start + 30 * day]);
  });

  test('one without a bar for 30 days counts as delisted: its position is closed at its last close, what waits is withdrawn', () => {
    const held: number[] = [];
    const { trades, orders, equity } = backtest(
      defineStrategy({
        name: 'Holder',
        next({ index, buy, symbol, positionOf }) {
          const gone = symbol('GONE');
          if (index === 0) buy({ size: 10, on: gone });
          if (index === 1) buy({ size: 1, limit: 5, on: gone });
          if (index === 68 || index === 69) held.push(positionOf(gone).size);
        },
      }),
      [early, ended],
      { commission: { kind: 'per-order', amount: 1 } },
    );
    expect(held).toEqual([10, 0]);
    expect([trades.length, trades.open[0], trades.exitBar[0], trades.exitPrice[0]]).toEqual([1, 0, 39, 20]);
    expect(Array.from(orders.state, (state) => orderStates[state])).toEqual(['filled', 'cancelled', 'filled']);
    expect([equity[68], equity[69]]).toEqual([99_999, 99_998]);
  });

  test('one that ends shortly before the run does is still held, at its last close', () => {
    const halted = barsFromCloses(
      Array.from({ length: length - 20 }, () => 20),
      { symbol: 'HALT', start },
    );
    const { trades } = backtest(script({ 0: ({ buy, symbol }) => void buy({ size: 10, on: symbol('HALT') }) }), [
      early,
      halted,
    ]);
    expect([trades.open[0], trades.exitPrice[0]]).toEqual([1, 20]);
  });

  test('trading goes on where a series comes back after so long', () => {
    const rows = Array.from({ length: 60 }, () => 20);
    const whole = barsFromCloses(rows, { symbol: 'BACK', start });
    const shifted = whole.time.map((time, i) => (i < 20 ? time : time + 40 * day));
    const back = { ...whole, time: shifted, knownAt: shifted.map((time) => time + day) };
    const { trades } = backtest(
      script({
        0: ({ buy, symbol }) => void buy({ size: 10, on: symbol('BACK') }),
        55: ({ buy, symbol }) => void buy({ size: 5, on: symbol('BACK') }),
      }),
      [early, back],
    );
    expect([Array.from(trades.size), Array.from(trades.exitBar), Array.from(trades.entryBar)]).toEqual([
      [10, 5],
      [19, 59],
      [1, 20],
    ]);
  });
});

describe('a portfolio that is turned over', () => {
  const flat = (symbol: string, price: number) =>
    barsFromCloses(
      Array.from({ length: 5 }, () => price),
      { symbol },
    );

  test('what is sold pays for what is bought at the same moment, whichever series comes first', () => {
    const { rejections, trades } = backtest(
      script({
        0: ({ buy, symbol }) => void buy({ size: 10, on: symbol('B') }),
        2: ({ buy, sell, symbol }) => {
          buy({ size: 10, on: symbol('A') });
          sell({ size: 10, on: symbol('B') });
        },
      }),
      [flat('A', 100), flat('B', 100)],
      { cash: 1_000 },
    );
    expect([rejections, Array.from(trades.series), Array.from(trades.open)]).toEqual([[], [1, 0], [0, 1]]);
  });

  test('an order that meets its bar is weighed at the prices from before it', () => {
    const a = barsFrom([
      { open: 100, high: 100, low: 100, close: 100 },
      { open: 100, high: 900, low: 100, close: 900 },
      { open: 900, high: 900, low: 900, close: 900 },
    ]);
    const { rejections } = backtest(
      script({
        0: ({ buy, bars, symbol }) => {
          buy({ size: 9, on: bars });
          buy({ size: 9, on: symbol('B') });
        },
      }),
      [a, { ...flat('B', 100), length: 3 }],
      { cash: 1_000 },
    );
    expect(rejections.map(({ reason }) => reason)).toEqual([
      '9 units at 100 need 900.00 as margin and commission, 100.00 is free',
    ]);
  });
});

describe('a series by its name', () => {
  const a = barsFromCloses([1, 2], { symbol: 'A' });
  const hours = barsFromCloses([1, 2], { symbol: 'A', interval: '1h' });
  const ask = (symbol: string, interval?: Interval) =>
    backtest(
      defineStrategy({ name: 'Ask', init: (market) => market.symbol(symbol, interval), next: () => undefined }),
      [a, hours, barsFromCloses([1, 2], { symbol: 'B' })],
    );

  test.each<[string, Interval | undefined, string]>([
    ['TSLA', undefined, 'symbol: this run has no "TSLA". It has A, B.'],
    ['A', undefined, 'symbol: A has bars of 1d, 1h: name the interval too.'],
    ['B', '1h', 'symbol: B has no bars of 1h. It has 1d; resample makes longer ones.'],
  ])('%s %s is refused with what there is', (symbol, interval, message) => {
    expect(() => ask(symbol, interval)).toThrow(new RangeError(message));
  });

  test('is found with its interval where the symbol has several', () => {
    expect(() => ask('A', '1h')).not.toThrow();
  });
});

test('an order given while another series moves on is refused: it would be met by bars that caused it', () => {
  const slow = barsFromCloses([100, 100, 100], { symbol: 'A', interval: '1d' });
  const fast = barsFromCloses([100, 100, 200, 200, 200, 200], { symbol: 'B', interval: '6h' });
  let kept: Trader | undefined;
  const meddler = defineStrategy({
    name: 'Meddler',
    init: ({ series }) =>
      map(series[1]!.close, (close) => {
        if (close === 200) kept?.buy({ on: series[1]!, size: 10 });
        return close;
      }),
    next: (trader) => void (kept = trader),
  });
  expect(() => backtest(meddler, [slow, fast])).toThrow(
    'buy: orders are given while next runs, not from map, rolling or scan, nor from a promise that ends later.',
  );
});

describe('money over several series', () => {
  const flat = (price: number, symbol: string) => barsFromCloses([price, price, price, price], { symbol });

  test('borrowing a symbol costs the time between its own bars, others may come meanwhile', () => {
    const hours = barsFromCloses(new Array<number>(96).fill(100), { symbol: 'A', interval: '1h', start });
    const days = barsFromCloses([50, 50, 50, 50], { symbol: 'B', start });
    const { costs } = backtest(
      script({ 23: ({ sell, series }) => void sell({ size: 10, on: series[1]! }) }),
      [hours, days],
      { borrow: { kind: 'annual', rate: 0.365 } },
    );
    // Sold at the open of the second day, held over two closes: twice 500 a day at 0.1 %.
    expect(costs.borrow).toBeCloseTo(1, 9);
  });

  test('interest is on what all positions cost beyond the cash', () => {
    const { costs } = backtest(
      script({
        0: ({ buy, series }) => {
          buy({ size: 8 });
          buy({ size: 16, on: series[1]! });
        },
      }),
      [flat(100, 'A'), flat(50, 'B')],
      { cash: 1_000, leverage: 2, interest: { kind: 'annual', rate: 0.365 } },
    );
    // 600 are borrowed for two days at 0.1 %, the first day's interest with them on the second.
    expect(costs.interest).toBeCloseTo(1.2006, 9);
  });

  test('a halt that one symbol causes closes what is held of all, each at its next open', () => {
    const falling = barsFromCloses([100, 100, 70, 60, 60], { symbol: 'B' });
    const steady = barsFromCloses([100, 100, 100, 100, 100], { symbol: 'A' });
    const { trades, interventions } = backtest(
      script({
        0: ({ buy, series }) => {
          buy({ size: 5 });
          buy({ size: 5, on: series[1]! });
        },
      }),
      [steady, falling],
      { cash: 1_000, risk: [{ kind: 'drawdown-halt', drawdown: 0.1, close: true }] },
    );
    expect(interventions.map(({ bar }) => bar)).toEqual([2]);
    expect(Array.from(trades.series, (series, i) => [series, trades.exitBar[i], trades.exitPrice[i]])).toEqual([
      [0, 3, 100],
      [1, 3, 70],
    ]);
  });

  test('an order that may only reduce frees money for another symbol at the same open', () => {
    const { trades, rejections } = backtest(
      script({
        0: ({ buy, series }) => void buy({ size: 10, on: series[1]! }),
        1: ({ buy, sell, series }) => {
          buy({ size: 10 });
          sell({ size: 10, on: series[1]!, reduceOnly: true });
        },
      }),
      [flat(100, 'A'), flat(100, 'B')],
      { cash: 1_000 },
    );
    expect(rejections).toEqual([]);
    expect(Array.from(trades.series)).toEqual([1, 0]);
  });

  test('the R of a trade rests on the stops of its own symbol', () => {
    const days = barsFromCloses([50, 50, 60, 60, 60], { symbol: 'B', start });
    const hours = barsFromCloses(new Array<number>(120).fill(100), { symbol: 'A', interval: '1h', start });
    const { trades, orders } = backtest(
      script({
        23: ({ buy, series }) => void buy({ size: 10, stopLoss: 45, on: series[1]! }),
        30: ({ buy }) => void buy({ size: 1, stopLoss: 90 }),
        71: ({ close, series }) => close({ on: series[1]! }),
      }),
      [hours, days],
    );
    // 100 won where 10 units stood to lose 5 each.
    expect(rMultiples(trades, orders)).toEqual({ count: 1, mean: 2 });
  });
});
