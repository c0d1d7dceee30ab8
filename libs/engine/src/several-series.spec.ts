import { describe, expect, test } from '@jest/globals';
import { map } from './causal.js';
import { sma } from './indicators/index.js';
import { orderStates } from './results.js';
import { defineStrategy } from './strategy.js';
import { backtest, barsFromCloses } from './testing.js';
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
      '80 units at 100 need 8000.00 as margin and commission, 6000.00 is free',
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

describe('minutes under a pace of days', () => {
  const days = barsFromCloses([100, 200, 300], { symbol: 'A', start });
  const minutes = barsFromCloses(
    Array.from({ length: 3 * 1440 }, (_, i) => 1_000 + i),
    { symbol: 'B', interval: '1m', start },
  );

  test('a series is seen as far as it is known', () => {
    const seen: number[] = [];
    backtest(
      defineStrategy({ name: 'Look', next: ({ series }) => void seen.push(series[1]!.index, series[1]!.close.now) }),
      [days, minutes],
    );
    expect(seen).toEqual([1439, 2439, 2879, 3879, 4319, 5319]);
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
