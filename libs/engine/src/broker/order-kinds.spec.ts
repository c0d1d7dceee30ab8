import { describe, expect, test } from '@jest/globals';
import type { OrderRequest } from '../order-request.js';
import { orderKinds, orderStates } from '../results.js';
import { scripted } from '../scripted.js';
import type { BacktestSettings } from '../settings.js';
import { backtest, type BarRow, barsFrom } from '../testing.js';

type Side = 'buy' | 'sell';
type End = [state: string, bar: number, price: number];

const quiet = bar(100, 101, 99, 100);
const hour = 3_600_000_000;

function bar(open: number, high: number, low: number, close: number, volume = 1000): BarRow {
  return { open, high, low, close, volume };
}

/** Places one order on a first bar that closes at 100; tells what became of it on the bars given. */
function endOf(
  side: Side,
  request: OrderRequest,
  bars: readonly BarRow[],
  settings: Partial<BacktestSettings> = {},
): End {
  const strategy = scripted({ 0: (trader) => void trader[side]({ size: 1, ...request }) });
  const { orders } = backtest(strategy, barsFrom([quiet, ...bars]), settings);
  return [orderStates[orders.state[0]!]!, orders.endBar[0]!, orders.fillPrice[0]!];
}

describe('a market-if-touched order', () => {
  test.each<[string, Side, number, BarRow, End]>([
    ['to buy fills at its touch when the low comes to it', 'buy', 98, bar(100, 101, 98, 99), ['filled', 1, 98]],
    ['to sell fills at its touch when the high comes to it', 'sell', 102, bar(100, 102, 99, 101), ['filled', 1, 102]],
    ['to buy waits while the low stays above', 'buy', 98, bar(100, 101, 98.01, 99), ['open', -1, NaN]],
    ['to sell waits while the high stays below', 'sell', 102, bar(100, 101.99, 99, 101), ['open', -1, NaN]],
    [
      'to buy fills at an open that gapped below it, which is better',
      'buy',
      98,
      bar(95, 97, 94, 96),
      ['filled', 1, 95],
    ],
    ['to sell fills at an open that gapped above it', 'sell', 102, bar(105, 106, 103, 104), ['filled', 1, 105]],
  ])('%s', (_, side, touch, next, end) => {
    expect(endOf(side, { touch }, [next])).toEqual(end);
  });

  test('slips, as a limit order at its price would not', () => {
    const settings = { slippage: { kind: 'fraction', rate: 0.01 } } as const;
    expect(endOf('buy', { touch: 98 }, [bar(100, 101, 98, 99)], settings)[2]).toBeCloseTo(98.98, 10);
    expect(endOf('buy', { limit: 98 }, [bar(100, 101, 98, 99)], settings)[2]).toBe(98);
  });
});

describe('a limit-if-touched order', () => {
  test.each<[string, Side, OrderRequest, BarRow, End]>([
    [
      'fills at its touch where the limit allows more',
      'buy',
      { touch: 98, limit: 99 },
      bar(100, 101, 97, 98),
      ['filled', 1, 98],
    ],
    [
      'fills at its limit where that is better',
      'buy',
      { touch: 98, limit: 97 },
      bar(100, 101, 96, 98),
      ['filled', 1, 97],
    ],
    [
      'waits for its limit though it was touched',
      'buy',
      { touch: 98, limit: 97 },
      bar(100, 101, 97.5, 98),
      ['open', -1, NaN],
    ],
    [
      'sells at an open that gapped above both',
      'sell',
      { touch: 102, limit: 101 },
      bar(105, 106, 104, 105),
      ['filled', 1, 105],
    ],
  ])('%s', (_, side, request, next, end) => {
    expect(endOf(side, request, [next])).toEqual(end);
  });
});

describe('a trailing stop', () => {
  const up = bar(101, 110, 100.5, 109);

  test('follows the best price of the bars before, never back', () => {
    const bars = [up, bar(109, 109, 106, 107), bar(107, 108, 104, 105)];
    expect(endOf('sell', { trail: 5 }, bars)).toEqual(['filled', 3, 105]);
  });

  test('by a fraction of that price', () => {
    expect(endOf('sell', { trail: { fraction: 0.1 } }, [up, bar(105, 106, 98, 100)])).toEqual(['filled', 2, 99]);
  });

  test('that buys follows the lowest price', () => {
    const bars = [bar(99, 99.5, 90, 91), bar(91, 96, 90.5, 95)];
    expect(endOf('buy', { trail: 5 }, bars)).toEqual(['filled', 2, 95]);
  });

  test('that the open gapped through fills at the open', () => {
    expect(endOf('sell', { trail: 5 }, [up, bar(103, 104, 102, 103)])).toEqual(['filled', 2, 103]);
  });

  test('moves with an open that is the best price', () => {
    expect(endOf('sell', { trail: 5 }, [bar(108, 108.5, 103, 104)])).toEqual(['filled', 1, 103]);
  });

  test('moves along the path where one is taken', () => {
    const bars = [bar(100, 110, 99, 104)];
    expect(endOf('sell', { trail: 5 }, bars)[0]).toBe('open');
    expect(endOf('sell', { trail: 5 }, bars, { path: 'ohlc-path' })).toEqual(['filled', 1, 105]);
  });

  test('by average true ranges keeps the range of the bar that placed it', () => {
    const strategy = scripted({ 4: ({ sell }) => void sell({ size: 1, trail: { atr: 2, bars: 3 } }) });
    const { orders } = backtest(strategy, barsFrom([...Array<BarRow>(6).fill(quiet), bar(100, 101, 90, 91)]));
    expect([orderKinds[orders.kind[0]!], orders.fillPrice[0]]).toEqual(['trailing-stop', 97]);
  });

  test('by average true ranges does not take a split for a range', () => {
    const strategy = scripted({ 5: ({ sell }) => void sell({ size: 1, trail: { atr: 2, bars: 3 } }) });
    const split = { ...bar(10, 10.1, 9.9, 10), split: 10 };
    const rows = [
      ...Array<BarRow>(4).fill(bar(100, 101, 99, 100)),
      split,
      bar(10, 10.1, 9.9, 10),
      bar(10, 10.1, 9, 9.1),
    ];
    const { orders } = backtest(strategy, barsFrom(rows));
    expect(orders.fillPrice[0]).toBeCloseTo(9.6, 12);
  });

  test('as the stop loss of a bracket starts at the entry and may begin nearer', () => {
    const exits = [{ trailingStop: 5 }, { trailingStop: 5, stopLoss: 98.5 }].map((legs) => {
      const strategy = scripted({ 0: ({ buy }) => void buy({ size: 1, ...legs }) });
      const bars = [quiet, quiet, bar(100, 100.5, 98, 99), bar(104, 108, 103, 107), bar(106, 107, 101, 102)];
      const { trades } = backtest(strategy, barsFrom(bars));
      return [trades.exitBar[0], trades.exitPrice[0]];
    });
    expect(exits).toEqual([
      [4, 103],
      [2, 98.5],
    ]);
  });
});

describe('an order for the open or the close', () => {
  /** Hours of three days, eight a day: bar 8 opens the second day and bar 15 closes it. */
  const hours = (count: number) => {
    const bars = barsFrom(
      Array.from({ length: count }, (_, i) => bar(100 + i, 101 + i, 99 + i, 100.5 + i)),
      { interval: '1h' },
    );
    const day = (i: number) => Math.floor(i / 8) * 24 * hour + (i % 8) * hour;
    const time = bars.time.map((_, i) => bars.time[0]! + day(i));
    return { ...bars, time, knownAt: time.map((start) => start + hour) };
  };
  const endAt = (placed: number, request: OrderRequest, settings = {}, count = 24): End => {
    const strategy = scripted({ [placed]: ({ buy }) => void buy({ size: 1, ...request }) });
    const { orders } = backtest(strategy, hours(count), settings);
    return [orderStates[orders.state[0]!]!, orders.endBar[0]!, orders.fillPrice[0]!];
  };

  test('of hours waits for the first bar of the next day', () => {
    expect([endAt(2, { at: 'open' }), endAt(7, { at: 'open' })]).toEqual([
      ['filled', 8, 108],
      ['filled', 8, 108],
    ]);
  });

  test('of hours waits for the last bar of the day that is still to come', () => {
    expect([endAt(2, { at: 'close' }), endAt(7, { at: 'close' })]).toEqual([
      ['filled', 7, 107.5],
      ['filled', 15, 115.5],
    ]);
  });

  test('does not know that the last bar of the data ends its day', () => {
    expect(endAt(18, { at: 'close' })).toEqual(['open', -1, NaN]);
  });

  test('of days is for the next bar', () => {
    const next = bar(102, 105, 101, 104);
    expect([endOf('buy', { at: 'open' }, [next]), endOf('buy', { at: 'close' }, [next])]).toEqual([
      ['filled', 1, 102],
      ['filled', 1, 104],
    ]);
  });

  test('with a limit fills at that price where it is as good, and otherwise expires', () => {
    const next = bar(102, 105, 101, 104);
    const ends = [
      endOf('buy', { at: 'open', limit: 103 }, [next, quiet]),
      endOf('buy', { at: 'open', limit: 101.5 }, [next, quiet]),
      endOf('sell', { at: 'close', limit: 103 }, [next, quiet]),
      endOf('sell', { at: 'close', limit: 104.5 }, [next, quiet]),
    ];
    expect(ends).toEqual([
      ['filled', 1, 102],
      ['expired', 1, NaN],
      ['filled', 1, 104],
      ['expired', 1, NaN],
    ]);
  });
});

describe('time in force', () => {
  const dip = bar(100, 101, 94, 100);

  test('an order for the day ends with it', () => {
    expect(endOf('buy', { limit: 95, timeInForce: 'day' }, [quiet, dip])).toEqual(['expired', 1, NaN]);
    expect(endOf('buy', { limit: 95, timeInForce: 'day' }, [dip])).toEqual(['filled', 1, 95]);
  });

  test('an order good till a time is filled by bars complete by then, and by none later', () => {
    const { knownAt } = barsFrom([quiet, quiet, quiet]);
    const till = (goodTill: number) => endOf('buy', { limit: 95, goodTill }, [quiet, dip]);
    expect([till(knownAt[2]!), till(knownAt[2]! - 1)]).toEqual([
      ['filled', 2, 95],
      ['expired', 1, NaN],
    ]);
  });

  test('immediate or cancel meets the next open and nothing else', () => {
    expect(endOf('buy', { limit: 95, timeInForce: 'ioc' }, [dip])).toEqual(['expired', 1, NaN]);
    expect(endOf('buy', { limit: 100, timeInForce: 'ioc' }, [dip])).toEqual(['filled', 1, 100]);
    expect(endOf('buy', { timeInForce: 'ioc' }, [dip], { fill: 'this-close' })).toEqual(['filled', 0, 100]);
  });
});

describe('under a cap on volume', () => {
  const cap = { volumeCap: 0.1 };
  const thin = (open: number, volume: number) => bar(open, open + 1, open - 1, open, volume);

  const run = (request: OrderRequest, bars: readonly BarRow[], side: Side = 'buy') => {
    const strategy = scripted({ 0: (trader) => void trader[side](request) });
    const { orders, trades } = backtest(strategy, barsFrom([quiet, ...bars]), cap);
    return {
      order: [orderStates[orders.state[0]!], orders.size[0], orders.filled[0], orders.endBar[0], orders.fillPrice[0]],
      sizes: Array.from(trades.size),
    };
  };

  test('a market order fills bar by bar at the opens, at their average', () => {
    expect(run({ size: 25 }, [thin(100, 100), thin(110, 200)])).toEqual({
      order: ['filled', 25, 25, 2, (10 * 100 + 15 * 110) / 25],
      sizes: [10, 15],
    });
  });

  test('what is not filled by the end is filled in part', () => {
    expect(run({ size: 25 }, [thin(100, 100)]).order).toEqual(['partially-filled', 25, 10, 1, 100]);
  });

  test('immediate or cancel takes what there is, fill or kill takes nothing of too little', () => {
    const bars = [thin(100, 100), thin(110, 1000)];
    expect(run({ size: 25, timeInForce: 'ioc' }, bars).order).toEqual(['expired', 25, 10, 1, 100]);
    expect(run({ size: 25, timeInForce: 'fok' }, bars).order).toEqual(['expired', 25, 0, 1, NaN]);
    expect(run({ size: 10, timeInForce: 'fok' }, bars).order).toEqual(['filled', 10, 10, 1, 100]);
  });

  test('fill or kill asks for what can be filled: whole units, and no more than is held where it only reduces', () => {
    const whole = scripted({ 0: ({ buy }) => void buy({ size: 10.7, timeInForce: 'fok' }) });
    expect(backtest(whole, barsFrom([quiet, thin(100, 100)]), { ...cap, units: 'whole' }).orders.filled[0]).toBe(10);

    const reducing = scripted({
      0: ({ buy }) => void buy({ size: 5 }),
      2: ({ sell }) => void sell({ size: 50, reduceOnly: true, timeInForce: 'fok' }),
    });
    const { orders } = backtest(reducing, barsFrom([quiet, thin(100, 100), thin(100, 100), thin(100, 100)]), cap);
    expect(Array.from(orders.filled)).toEqual([5, -5]);
  });

  test('a limit order keeps its limit for the rest', () => {
    const bars = [bar(99, 100, 97, 99, 100), bar(105, 106, 104, 105, 1000), bar(97, 98, 96, 97, 1000)];
    expect(run({ size: 25, limit: 98 }, bars).order).toEqual(['filled', 25, 25, 3, (10 * 98 + 15 * 97) / 25]);
  });

  test('a stop that was reached is at the market for the rest, wherever the price goes', () => {
    const bars = [bar(100, 103, 99, 101, 100), bar(90, 91, 89, 90, 1000)];
    expect(run({ size: 25, stop: 102 }, bars).order).toEqual(['filled', 25, 25, 2, (10 * 102 + 15 * 90) / 25]);
  });

  test('a stop loss closes what it can and goes on with the next open', () => {
    const strategy = scripted({ 0: ({ buy }) => void buy({ size: 10, stopLoss: 95 }) });
    const bars = [quiet, thin(100, 100), bar(100, 100, 94, 96, 40), thin(98, 1000)];
    const { trades, orders } = backtest(strategy, barsFrom(bars), cap);
    expect([Array.from(trades.size), Array.from(trades.exitPrice)]).toEqual([
      [4, 6],
      [95, 98],
    ]);
    expect([orderStates[orders.state[1]!], orders.size[1], orders.filled[1]]).toEqual(['filled', -10, -10]);
  });

  test('all fills of a bar share it', () => {
    const strategy = scripted({
      0: ({ buy }) => {
        buy({ size: 6 });
        buy({ size: 6 });
      },
    });
    const { orders } = backtest(strategy, barsFrom([quiet, thin(100, 100), thin(100, 0)]), cap);
    expect(Array.from(orders.filled)).toEqual([6, 4]);
  });
});

test('a reduceOnly order never opens: it closes what is there, or is cancelled', () => {
  const strategy = scripted({
    0: ({ sell }) => void sell({ size: 1, reduceOnly: true }),
    1: ({ buy }) => void buy({ size: 3 }),
    2: ({ sell }) => void sell({ size: 5, reduceOnly: true }),
  });
  const { orders, trades } = backtest(strategy, barsFrom([quiet, quiet, quiet, quiet]));
  expect([Array.from(orders.filled), Array.from(trades.size), trades.open[0]]).toEqual([[0, 3, -3], [3], 0]);
});

test('a market order with further terms keeps its stop loss and take profit', () => {
  const strategy = scripted({
    0: ({ buy }) => void buy({ value: 500, timeInForce: 'day', stopLoss: 95, takeProfit: 105 }),
  });
  const { orders, trades } = backtest(strategy, barsFrom([quiet, quiet, bar(100, 106, 99, 104)]));
  expect([orders.length, trades.size[0], trades.exitPrice[0]]).toEqual([3, 5, 105]);
});
