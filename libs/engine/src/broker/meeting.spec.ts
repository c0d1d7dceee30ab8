import { describe, expect, test } from '@jest/globals';
import { orderStates } from '../results.js';
import { scripted } from '../scripted.js';
import type { BacktestSettings } from '../settings.js';
import { backtest, barsFrom, type BarRow } from '../testing.js';
import type { OrderRequest } from '../order-request.js';

type Side = 'buy' | 'sell';

const quiet = bar(100, 101, 99, 100);

function bar(open: number, high: number, low: number, close: number): BarRow {
  return { open, high, low, close };
}

/** Places one order on the first bar; answers what became of it on the bars given, or null. */
function fillOf(
  side: Side,
  request: OrderRequest,
  bars: readonly BarRow[],
  settings: Partial<BacktestSettings> = {},
): { bar: number; price: number } | null {
  const strategy = scripted({ 0: (trader) => void trader[side]({ size: 1, ...request }) });
  const { orders } = backtest(strategy, barsFrom([quiet, ...bars]), settings);
  return orderStates[orders.state[0]!] === 'filled' ? { bar: orders.endBar[0]!, price: orders.fillPrice[0]! } : null;
}

describe('a market order', () => {
  test('fills at the next open', () => {
    expect(fillOf('buy', {}, [bar(103, 105, 102, 104)])).toEqual({ bar: 1, price: 103 });
  });

  test('fills at this close where the settings say so', () => {
    expect(fillOf('buy', {}, [bar(103, 105, 102, 104)], { fill: 'this-close' })).toEqual({ bar: 0, price: 100 });
  });

  test('placed on the last bar finds no bar to fill in', () => {
    expect(fillOf('buy', {}, [])).toBeNull();
  });
});

describe('a limit order', () => {
  test.each<[string, Side, number, BarRow, number | null]>([
    ['to buy fills at its limit when the low touches it', 'buy', 98, bar(100, 101, 98, 99), 98],
    ['to sell fills at its limit when the high touches it', 'sell', 102, bar(100, 102, 99, 101), 102],
    ['to buy waits while the low stays above', 'buy', 98, bar(100, 101, 98.01, 99), null],
    ['to sell waits while the high stays below', 'sell', 102, bar(100, 101.99, 99, 101), null],
    ['to buy fills at an open that gapped below it, which is better', 'buy', 98, bar(95, 97, 94, 96), 95],
    ['to sell fills at an open that gapped above it, which is better', 'sell', 102, bar(105, 106, 103, 104), 105],
  ])('%s', (_, side, limit, next, price) => {
    expect(fillOf(side, { limit }, [next])?.price ?? null).toBe(price);
  });

  test('waits for as many bars as it takes', () => {
    expect(fillOf('buy', { limit: 95 }, [quiet, quiet, bar(97, 98, 94, 96)])).toEqual({ bar: 3, price: 95 });
  });

  test('does not slip, and under a spread waits until the ask reaches it', () => {
    const settings = { slippage: { kind: 'fraction', rate: 0.01 }, spread: { kind: 'fraction', rate: 0.02 } } as const;
    expect(fillOf('buy', { limit: 98 }, [bar(100, 101, 98, 99)], settings)).toBeNull();
    expect(fillOf('buy', { limit: 98 }, [bar(100, 101, 97, 99)], settings)?.price).toBe(98);
  });
});

describe('a stop order', () => {
  test.each<[string, Side, number, BarRow, number | null]>([
    ['to buy fills at its stop when the high reaches it', 'buy', 102, bar(100, 102, 99, 101), 102],
    ['to sell fills at its stop when the low reaches it', 'sell', 98, bar(100, 101, 98, 99), 98],
    ['to buy waits while the high stays below', 'buy', 102, bar(100, 101.99, 99, 101), null],
    ['to sell waits while the low stays above', 'sell', 98, bar(100, 101, 98.01, 99), null],
    ['to buy fills at an open that gapped above it, which is worse', 'buy', 102, bar(106, 107, 105, 106), 106],
    ['to sell fills at an open that gapped below it, which is worse', 'sell', 98, bar(94, 95, 93, 94), 94],
  ])('%s', (_, side, stop, next, price) => {
    expect(fillOf(side, { stop }, [next])?.price ?? null).toBe(price);
  });

  test('slips like a market order', () => {
    const settings = { slippage: { kind: 'fraction', rate: 0.01 } } as const;
    expect(fillOf('buy', { stop: 102 }, [bar(100, 103, 99, 101)], settings)?.price).toBeCloseTo(102 * 1.01, 10);
  });
});

describe('a stop-limit order', () => {
  test.each<[string, Side, { stop: number; limit: number }, BarRow, number | null]>([
    ['fills at its stop when the limit lies beyond', 'buy', { stop: 102, limit: 103 }, bar(100, 104, 99, 103), 102],
    ['fills at an open between stop and limit', 'buy', { stop: 102, limit: 104 }, bar(103, 105, 102, 104), 103],
    [
      'whose open passed the limit fills when the price comes back',
      'buy',
      { stop: 102, limit: 104 },
      bar(106, 107, 103, 105),
      104,
    ],
    [
      'whose open passed the limit for good does not fill',
      'buy',
      { stop: 102, limit: 104 },
      bar(106, 107, 105, 105),
      null,
    ],
    [
      'is not filled in a bar that touches stop and nearer limit',
      'buy',
      { stop: 102, limit: 99 },
      bar(100, 103, 98, 101),
      null,
    ],
    ['sells at its stop when the limit lies beyond', 'sell', { stop: 98, limit: 97 }, bar(100, 101, 96, 97), 98],
    [
      'is not sold in a bar that touches stop and nearer limit',
      'sell',
      { stop: 98, limit: 101 },
      bar(100, 102, 97, 99),
      null,
    ],
  ])('%s', (_, side, prices, next, price) => {
    expect(fillOf(side, prices, [next])?.price ?? null).toBe(price);
  });

  test('once its stop was touched it is a limit order', () => {
    const fill = fillOf('buy', { stop: 102, limit: 99 }, [bar(100, 103, 100, 101), bar(101, 101, 98.5, 100)]);
    expect(fill).toEqual({ bar: 2, price: 99 });
  });
});

describe('a bracket', () => {
  /** Opens one unit with stop loss 95 and take profit 105 and tells how the trade ended. */
  function exitOf(side: Side, entry: OrderRequest, bars: readonly BarRow[]): { bar: number; price: number } | null {
    const [stopLoss, takeProfit] = side === 'buy' ? [95, 105] : [105, 95];
    const strategy = scripted({ 0: (trader) => void trader[side]({ size: 1, stopLoss, takeProfit, ...entry }) });
    const { trades } = backtest(strategy, barsFrom([quiet, ...bars]));
    return trades.length === 0 || trades.open[0] ? null : { bar: trades.exitBar[0]!, price: trades.exitPrice[0]! };
  }

  test('of stop loss and take profit in one bar the stop loss is taken to be hit', () => {
    expect(exitOf('buy', {}, [quiet, bar(100, 106, 94, 100)])).toEqual({ bar: 2, price: 95 });
    expect(exitOf('sell', {}, [quiet, bar(100, 106, 94, 100)])).toEqual({ bar: 2, price: 105 });
  });

  test('a take profit that the open already passed fills there, though the stop loss is in the range', () => {
    expect(exitOf('buy', {}, [quiet, bar(107, 108, 94, 100)])).toEqual({ bar: 2, price: 107 });
  });

  test('a stop loss that the open gapped through fills at the open', () => {
    expect(exitOf('buy', {}, [quiet, bar(90, 92, 89, 91)])).toEqual({ bar: 2, price: 90 });
  });

  test('a market entry at the open is protected in that very bar', () => {
    expect(exitOf('buy', {}, [bar(100, 101, 94, 96)])).toEqual({ bar: 1, price: 95 });
  });

  test('an entry at this close is protected from the next bar on', () => {
    const strategy = scripted({ 0: (trader) => void trader.buy({ size: 1, stopLoss: 99.5 }) });
    const { trades } = backtest(strategy, barsFrom([quiet, bar(100, 101, 99, 100)]), { fill: 'this-close' });
    expect([trades.entryBar[0], trades.exitBar[0], trades.exitPrice[0]]).toEqual([0, 1, 99.5]);
  });

  test('a limit entry within the bar is stopped out in it: the price went on to the stop loss', () => {
    expect(exitOf('buy', { limit: 98 }, [bar(100, 101, 94, 96)])).toEqual({ bar: 1, price: 95 });
  });

  test('a limit entry within the bar takes no profit in it: the high may have come first', () => {
    expect(exitOf('buy', { limit: 98 }, [bar(100, 106, 97, 100), quiet])).toBeNull();
  });

  test('a stop entry within the bar takes its profit in it where only that is in range', () => {
    expect(exitOf('buy', { stop: 102 }, [bar(100, 106, 99, 104)])).toEqual({ bar: 1, price: 105 });
  });

  test('a stop entry with stop loss and take profit in the range of its bar begins with the next', () => {
    expect(exitOf('buy', { stop: 102 }, [bar(100, 106, 94, 100), quiet])).toBeNull();
  });

  test('a stop entry is stopped out in its bar where the close proves it', () => {
    expect(exitOf('buy', { stop: 102 }, [bar(100, 103, 93, 94), quiet])).toEqual({ bar: 1, price: 95 });
    expect(exitOf('sell', { stop: 98 }, [bar(100, 107, 97, 106), quiet])).toEqual({ bar: 1, price: 105 });
  });

  test('a limit entry takes its profit in its bar where the close proves it', () => {
    expect(exitOf('buy', { limit: 98 }, [bar(100, 107, 97, 106), quiet])).toEqual({ bar: 1, price: 105 });
    expect(exitOf('buy', { limit: 98 }, [bar(100, 107, 94, 106), quiet])).toEqual({ bar: 1, price: 95 });
  });

  test('a stop entry that gapped through is protected in that bar', () => {
    expect(exitOf('buy', { stop: 102 }, [bar(103, 104, 94, 96)])).toEqual({ bar: 1, price: 95 });
  });

  test.each([null, 0.5])('a stop loss that meets a bar of zeros sells at the next open, volume cap %s', (volumeCap) => {
    const strategy = scripted({ 0: ({ buy }) => void buy({ size: 1, stopLoss: 90 }) });
    const rows = [quiet, quiet, bar(0, 0, 0, 0), bar(80, 81, 79, 80)];
    const { trades } = backtest(strategy, barsFrom(rows), { volumeCap });
    expect([trades.exitBar[0], trades.exitPrice[0], trades.open[0]]).toEqual([3, 80, 0]);
  });

  test('closing the position withdraws both legs', () => {
    const strategy = scripted({
      0: (trader) => void trader.buy({ size: 1, stopLoss: 95, takeProfit: 105 }),
      2: (trader) => trader.close(),
    });
    const { orders } = backtest(strategy, barsFrom([quiet, quiet, quiet, quiet, bar(100, 110, 90, 100)]));
    expect(Array.from(orders.state, (state) => orderStates[state])).toEqual([
      'filled',
      'cancelled',
      'cancelled',
      'filled',
    ]);
  });

  test('one leg ends the other', () => {
    const strategy = scripted({ 0: (trader) => void trader.buy({ size: 1, stopLoss: 95, takeProfit: 105 }) });
    const { orders, trades } = backtest(
      strategy,
      barsFrom([quiet, quiet, bar(100, 105, 99, 104), bar(96, 97, 90, 91)]),
    );
    expect(Array.from(orders.state, (state) => orderStates[state])).toEqual(['filled', 'cancelled', 'filled']);
    expect(trades.length).toBe(1);
  });

  test('closing half leaves the legs with the other half', () => {
    const strategy = scripted({
      0: (trader) => void trader.buy({ size: 10, stopLoss: 95, takeProfit: 105 }),
      2: (trader) => trader.close({ fraction: 0.5 }),
    });
    const { orders, trades } = backtest(strategy, barsFrom([quiet, quiet, quiet, quiet, bar(96, 97, 90, 91)]));
    expect(Array.from(trades.size)).toEqual([5, 5]);
    expect(Array.from(trades.exitPrice)).toEqual([100, 95]);
    expect(orders.size[1]).toBe(-5);
  });
});
