import { describe, expect, test } from '@jest/globals';
import { orderStates } from '../results.js';
import { scripted } from '../scripted.js';
import { backtest, barsFrom, barsFromCloses } from '../testing.js';

const flat = (count: number, price = 100) =>
  barsFrom(Array.from({ length: count }, () => ({ open: price, high: price, low: price, close: price })));

describe('size', () => {
  test('without one, an order takes all the money that is free, commission included', () => {
    const { trades, equity } = backtest(scripted({ 0: ({ buy }) => void buy() }), flat(3), {
      cash: 10_000,
      commission: { kind: 'fraction', rate: 0.01 },
    });
    expect(trades.size[0]!).toBeCloseTo(10_000 / 101, 9);
    expect(equity[2]!).toBeCloseTo(10_000 - 10_000 / 101, 9);
  });

  test('whole units are rounded down', () => {
    const { trades } = backtest(scripted({ 0: ({ buy }) => void buy() }), flat(3), { cash: 1_050, units: 'whole' });
    expect(trades.size[0]).toBe(10);
  });

  test('a fraction takes its part of the buying power, leverage included', () => {
    const { trades } = backtest(scripted({ 0: ({ sell }) => void sell({ fraction: 0.5 }) }), flat(3), {
      cash: 1_000,
      leverage: 4,
    });
    expect(trades.size[0]).toBe(-20);
  });

  test('a commission per order and a minimum are paid out of the same money', () => {
    const perOrder = backtest(scripted({ 0: ({ buy }) => void buy() }), flat(3), {
      cash: 1_000,
      commission: { kind: 'per-order', amount: 100 },
    });
    const minimum = backtest(scripted({ 0: ({ buy }) => void buy() }), flat(3), {
      cash: 1_000,
      commission: { kind: 'per-unit', amount: 1, minimum: 100 },
    });
    expect([perOrder.trades.size[0], minimum.trades.size[0]]).toEqual([9, 9]);
  });

  test('buying all while short closes the short and goes long with what that leaves', () => {
    const script = scripted({ 0: ({ sell }) => void sell(), 2: ({ buy }) => void buy() });
    const { trades } = backtest(script, barsFromCloses([100, 100, 90, 90, 90]), { cash: 1_000 });
    expect(Array.from(trades.size)).toEqual([-10, 1_100 / 90]);
  });
});

describe('what cannot be afforded is rejected with the reason', () => {
  test('a size beyond the buying power', () => {
    const { orders, rejections } = backtest(scripted({ 0: ({ buy }) => void buy({ size: 11 }) }), flat(3), {
      cash: 1_000,
    });
    expect(orderStates[orders.state[0]!]).toBe('rejected');
    expect(rejections).toEqual([
      { orderId: 0, bar: 1, reason: '11 units at 100 need 1100.00 as margin and commission, 1000.00 is free' },
    ]);
  });

  test('less than one whole unit', () => {
    const { rejections } = backtest(scripted({ 0: ({ buy }) => void buy({ size: 0.5 }) }), flat(3), { units: 'whole' });
    expect(rejections[0]?.reason).toBe('0.5 units come to less than one whole unit');
  });

  test('money that buys nothing', () => {
    const { rejections } = backtest(scripted({ 0: ({ buy }) => void buy() }), flat(3), { cash: 50, units: 'whole' });
    expect(rejections[0]?.reason).toBe('50.00 free does not buy one unit at 100');
  });

  test('an order too many', () => {
    const strategy = scripted({
      0: ({ buy }) => {
        for (let i = 0; i < 1_001; i++) buy({ size: 1, limit: 50 });
      },
    });
    const { rejections } = backtest(strategy, flat(2));
    expect(rejections).toEqual([{ orderId: 1_000, bar: 0, reason: '1000 orders wait already; cancel some first' }]);
  });

  test('a price beyond all numbers', () => {
    const huge = 1e308;
    const { trades, rejections } = backtest(scripted({ 0: ({ buy }) => void buy({ size: 1e10 }) }), flat(3, huge));
    expect(trades.length).toBe(0);
    expect(rejections[0]?.reason).toBe('10000000000 units at 1e+308 cost more than a number can hold');
  });
});

describe('positions', () => {
  test('opposite orders close the oldest lots first', () => {
    const script = scripted({
      0: ({ buy }) => void buy({ size: 3 }),
      1: ({ buy }) => void buy({ size: 2 }),
      2: ({ sell }) => void sell({ size: 4 }),
    });
    const { trades } = backtest(script, barsFromCloses([100, 100, 110, 120, 120]));
    const rows = Array.from(trades.size, (size, i) => [
      size,
      trades.entryPrice[i],
      trades.exitPrice[i],
      trades.open[i],
    ]);
    expect(rows).toEqual([
      [3, 100, 110, 0],
      [1, 100, 110, 0],
      [1, 100, 120, 1],
    ]);
  });

  test('an order larger than the position turns it round', () => {
    const script = scripted({ 0: ({ buy }) => void buy({ size: 3 }), 1: ({ sell }) => void sell({ size: 5 }) });
    const { trades } = backtest(script, flat(4));
    expect(Array.from(trades.size)).toEqual([3, -2]);
  });

  test('exclusive orders close the position and withdraw what waits before they enter', () => {
    const script = scripted({
      0: ({ buy }) => void buy({ size: 3 }),
      1: ({ buy }) => void buy({ size: 1, limit: 50 }),
      2: ({ sell }) => void sell({ size: 2 }),
    });
    const { trades, orders } = backtest(script, flat(5), { exclusiveOrders: true });
    expect(Array.from(trades.size)).toEqual([3, -2]);
    expect(Array.from(orders.state, (state) => orderStates[state])).toEqual([
      'filled',
      'filled',
      'cancelled',
      'filled',
    ]);
  });

  test('closing twice closes once', () => {
    const script = scripted({
      0: ({ buy }) => void buy({ size: 3 }),
      1: ({ close }) => {
        close();
        close();
      },
    });
    const { trades, orders } = backtest(script, flat(4));
    expect(trades.length).toBe(1);
    expect(Array.from(orders.state, (state) => orderStates[state])).toEqual(['filled', 'filled', 'cancelled']);
  });

  test('a cancelled order is not filled, and cancelling it again changes nothing', () => {
    const script = scripted({
      0: ({ buy }) => {
        const order = buy({ size: 1, limit: 90 });
        order.cancel();
        order.cancel();
      },
    });
    const { orders } = backtest(script, flat(3, 80));
    expect(Array.from(orders.state, (state) => orderStates[state])).toEqual(['cancelled']);
  });

  test('cancelAll leaves the stop loss of what is held', () => {
    const script = scripted({
      0: ({ buy }) => void buy({ size: 1, stopLoss: 95 }),
      1: ({ buy, cancelAll }) => {
        buy({ size: 1, limit: 50 });
        cancelAll();
      },
    });
    const { trades, orders } = backtest(script, barsFromCloses([100, 100, 100, 90]));
    expect(trades.exitPrice[0]).toBe(95);
    expect(orderStates[orders.state[2]!]).toBe('cancelled');
  });
});

describe('costs', () => {
  const both = scripted({ 0: ({ buy }) => void buy({ size: 10 }), 1: ({ close }) => close() });

  test('half of a fraction spread is paid on each side', () => {
    const { trades } = backtest(both, flat(4), { spread: { kind: 'fraction', rate: 0.02 } });
    expect([trades.entryPrice[0], trades.exitPrice[0]]).toEqual([101, 99]);
  });

  test('an entry-only spread is paid whole at the entry', () => {
    const { trades } = backtest(both, flat(4), { spread: { kind: 'entry-only', rate: 0.02 } });
    expect([trades.entryPrice[0], trades.exitPrice[0]]).toEqual([102, 100]);
  });

  test('a commission per unit has its minimum', () => {
    const { trades } = backtest(both, flat(4), { commission: { kind: 'per-unit', amount: 0.01, minimum: 1 } });
    expect(trades.commission[0]).toBe(2);
  });

  test.each([
    [{ kind: 'per-order', amount: 3 }, 3],
    // 2 units a bar at 0.5 each: the minimum is paid with the first part, and passed with the fifth.
    [{ kind: 'per-unit', amount: 0.5, minimum: 4.5 }, 5],
  ] as const)('an order that fills in parts pays %o once', (commission, paid) => {
    const bars = barsFrom(Array.from({ length: 8 }, () => ({ open: 100, high: 101, low: 99, close: 100, volume: 20 })));
    const { orders, fills } = backtest(scripted({ 0: ({ buy }) => void buy({ size: 10 }) }), bars, {
      volumeCap: 0.1,
      commission,
    });
    const first = commission.kind === 'per-order' ? 3 : 4.5;
    expect([orders.commission[0], ...fills.commission]).toEqual([paid, first, 0, 0, 0, paid - first]);
  });

  test('an order that turns a position around pays its amount once, and may spend what that leaves', () => {
    const { orders, trades, equity } = backtest(
      scripted({ 0: ({ sell }) => void sell({ size: 5 }), 2: ({ buy }) => void buy() }),
      flat(5),
      { cash: 1_020, commission: { kind: 'per-order', amount: 10 } },
    );
    expect([[...orders.commission], [...trades.size], equity[4]]).toEqual([[10, 10], [-5, 10], 1_000]);
  });

  test('a position still open has paid its entry, and is marked at the last close', () => {
    const { trades, equity } = backtest(
      scripted({ 0: ({ buy }) => void buy({ size: 10 }) }),
      barsFromCloses([100, 100, 104]),
      { commission: { kind: 'per-order', amount: 3 } },
    );
    expect([trades.open[0], trades.exitPrice[0], trades.pnl[0], equity[2]]).toEqual([1, 104, 37, 100_037]);
  });
});

describe('ruin', () => {
  const short = scripted({
    0: ({ sell }) => void sell(),
    3: () => {
      throw new Error('spoken to after the end');
    },
  });

  test('an account worth nothing at a close is closed out, and trading ends', () => {
    const { trades, equity, exposure } = backtest(short, barsFromCloses([100, 100, 250, 100, 100]), { cash: 1_000 });
    expect(Array.from(equity)).toEqual([1_000, 1_000, 0, 0, 0]);
    expect(Array.from(exposure.slice(2))).toEqual([0, 0, 0]);
    expect([trades.exitBar[0], trades.exitPrice[0], trades.open[0], trades.pnl[0]]).toEqual([2, 250, 0, -1_500]);
  });

  test('ends at nothing even where no number is large enough to close at', () => {
    const bars = barsFrom([1e-308, 1e-308, Number.MAX_VALUE].map((x) => ({ open: x, high: x, low: x, close: x })));
    const { equity } = backtest(scripted({ 0: ({ sell }) => void sell({ size: 200 }) }), bars, {
      slippage: { kind: 'fraction', rate: 0.001 },
    });
    expect(equity[2]).toBe(0);
  });

  test('waiting orders end with it', () => {
    const script = scripted({
      0: ({ sell, buy }) => {
        sell({ size: 10 });
        buy({ size: 1, limit: 1 });
      },
    });
    const { orders } = backtest(script, barsFromCloses([100, 100, 300, 100]), { cash: 1_000 });
    expect(Array.from(orders.state, (state) => orderStates[state])).toEqual(['filled', 'cancelled', 'filled']);
  });
});

describe('the end of the bars', () => {
  const hold = scripted({ 0: ({ buy }) => void buy({ size: 1 }) });

  test('one bar is a run', () => {
    const { equity, orders } = backtest(hold, flat(1));
    expect([Array.from(equity), orders.length]).toEqual([[100_000], 1]);
  });

  test('no bar is a run too', () => {
    const { equity, trades } = backtest(hold, flat(0));
    expect([equity.length, trades.length]).toEqual([0, 0]);
  });

  test('close-at-last-open closes at the open of the last bar', () => {
    const { trades } = backtest(hold, barsFromCloses([100, 100, 110, 120]), { atEnd: 'close-at-last-open' });
    expect([trades.exitBar[0], trades.exitPrice[0], trades.open[0]]).toEqual([3, 110, 0]);
  });

  test('close-at-last-open under this-close takes the close before', () => {
    const { trades } = backtest(hold, barsFromCloses([100, 100, 110, 120]), {
      atEnd: 'close-at-last-open',
      fill: 'this-close',
    });
    expect([trades.exitBar[0], trades.exitPrice[0]]).toEqual([2, 110]);
  });
});

describe('the end closes what is held at the last open', () => {
  const given = { cash: 10_000, atEnd: 'close-at-last-open' } as const;

  test('but not what was bought within the last bar: it cannot be sold before it was bought', () => {
    const bars = barsFrom([
      { open: 100, high: 100, low: 100, close: 100 },
      { open: 100, high: 100, low: 100, close: 100 },
      { open: 100, high: 101, low: 90, close: 91 },
    ]);
    const { trades, equity } = backtest(scripted({ 1: ({ buy }) => void buy({ size: 10, limit: 92 }) }), bars, given);
    expect([trades.open[0], trades.exitBar[0], equity[2]]).toEqual([1, 2, 9_990]);
  });

  test('nor, when orders fill at the close, what was bought at the last one', () => {
    const { trades, equity } = backtest(
      scripted({ 2: ({ sell }) => void sell({ size: 10 }) }),
      barsFromCloses([100, 90, 110]),
      { ...given, fill: 'this-close' },
    );
    expect([trades.open[0], trades.entryBar[0], equity[2]]).toEqual([1, 2, 10_000]);
  });
});
