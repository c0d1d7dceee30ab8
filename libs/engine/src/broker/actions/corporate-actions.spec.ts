import { describe, expect, test } from '@jest/globals';
import type { Bars } from '../../bars.js';
import { ExcursionWatch } from '../../metrics/excursions.js';
import type { OrderRequest } from '../../order-request.js';
import { defineStrategy, type Strategy } from '../../strategy.js';
import { backtest, barsFrom, type BarRow } from '../../testing.js';
import type { OrderEvent } from '../../trader.js';

const flat = (price: number, more: Partial<BarRow> = {}): BarRow => ({
  ...{ open: price, high: price, low: price, close: price },
  ...more,
});

/** Gives orders after the bars named. */
function scripted(acts: Readonly<Record<number, (trader: Parameters<Strategy['next']>[0]) => void>>): Strategy {
  return defineStrategy({ name: 'Scripted', next: (trader) => acts[trader.index]?.(trader) });
}

const buys = (request: OrderRequest) => scripted({ 0: ({ buy }) => void buy(request) });
const sells = (request: OrderRequest) => scripted({ 0: ({ sell }) => void sell(request) });

describe('a 4:1 split and a dividend by hand', () => {
  /** Bought at 400; 4:1 on bar 3, from 440 to 110; 1.10 a share on bar 5, which opens lower by just that. */
  const rows = [
    ...[flat(400), flat(400), { open: 400, high: 440, low: 400, close: 440 }],
    flat(110, { split: 4 }),
    ...[flat(110), flat(108.9, { dividend: 1.1 })],
    { open: 108.9, high: 120, low: 108.9, close: 117.9 },
  ];
  const result = backtest(buys({ size: 10 }), barsFrom(rows), { cash: 4_000 });

  test('equity is the cash, the profit of the units as they are now and the dividend', () => {
    expect(Array.from(result.equity)).toEqual([4_000, 4_000, 4_400, 4_400, 4_400, 4_400, 4_000 + 40 * 17.9 + 44]);
    expect(result.dividends).toEqual({ received: 44, paid: 0 });
  });

  test('the trade stands in the terms after the split', () => {
    const { trades } = result;
    expect([trades.size[0], trades.entryPrice[0], trades.exitPrice[0], Math.round(trades.pnl[0]!)]).toEqual([
      40, 100, 117.9, 716,
    ]);
  });

  test('what was taken says what it was', () => {
    expect(result.actions).toEqual([
      { series: 0, bar: 3, kind: 'split', value: 4, cash: 0 },
      { series: 0, bar: 5, kind: 'dividend', value: 1.1, cash: 44 },
    ]);
  });
});

test('a split alone changes no equity, long or short, in one series or beside another', () => {
  const split = barsFrom([flat(90), flat(90), flat(60, { split: 1.5 }), flat(60)]);
  const plain = barsFrom([flat(60), flat(60), flat(60), flat(60)]);
  const other = barsFrom([flat(7), flat(7), flat(7), flat(7)], { symbol: 'B' });
  for (const order of [buys({ size: 20 }), sells({ size: 20 })]) {
    const same = Array.from(backtest(order, plain).equity);
    expect(Array.from(backtest(order, split).equity)).toEqual(same);
    expect(Array.from(backtest(order, [split, other]).equity)).toEqual(same);
  }
});

test('a short owes the dividend', () => {
  const { equity, dividends } = backtest(
    sells({ size: 10 }),
    barsFrom([flat(50), flat(50), flat(50, { dividend: 2 })]),
  );
  expect([equity.at(-1), dividends]).toEqual([100_000 - 20, { received: 0, paid: 20 }]);
});

test('who buys on the ex date gets no dividend', () => {
  const bars = barsFrom([flat(50), flat(50, { dividend: 2 }), flat(50)]);
  expect(backtest(buys({ size: 10 }), bars).dividends).toEqual({ received: 0, paid: 0 });
});

test('on a day with both, the dividend counts by the units after the split', () => {
  const bars = barsFrom([flat(100), flat(100), flat(50, { split: 2, dividend: 1 })]);
  expect(backtest(buys({ size: 10 }), bars).dividends.received).toBe(20);
});

describe('what waits goes through a split', () => {
  const bars = (last: BarRow) => barsFrom([flat(100), flat(100), flat(50, { split: 2 }), last]);

  test('a limit order: twice the units at half the price', () => {
    const { orders } = backtest(buys({ size: 10, limit: 90 }), bars({ open: 50, high: 50, low: 44, close: 48 }));
    expect([orders.size[0], orders.filled[0], orders.limit[0], orders.fillPrice[0]]).toEqual([20, 20, 45, 45]);
  });

  test('a limit that the split itself would touch is not touched', () => {
    expect(backtest(buys({ size: 10, limit: 90 }), bars(flat(50))).trades.length).toBe(0);
  });

  test('the stop loss of what is held', () => {
    const { trades } = backtest(buys({ size: 10, stopLoss: 90 }), bars({ open: 50, high: 50, low: 40, close: 42 }));
    expect([trades.size[0], trades.exitPrice[0], trades.pnl[0]]).toEqual([20, 45, -100]);
  });

  test('a trailing stop keeps its distance in the new terms', () => {
    const { trades } = backtest(buys({ size: 10, trailingStop: 8 }), bars({ open: 50, high: 50, low: 40, close: 42 }));
    expect(trades.exitPrice[0]).toBe(46);
  });

  test('a replacement that names no price keeps the restated one', () => {
    const changes = scripted({
      0: (trader) => void (held = trader.buy({ size: 10, limit: 90 })),
      2: () => void held.replace({ size: 6 }),
    });
    let held = { replace: (_: OrderRequest): boolean => false };
    const { orders } = backtest(changes, bars({ open: 50, high: 50, low: 40, close: 42 }));
    expect([orders.filled[1], orders.fillPrice[1]]).toEqual([6, 45]);
  });

  test('a reverse split cuts whole orders down, and withdraws what is less than one', () => {
    const reverse = barsFrom([flat(1), flat(1), flat(10, { split: 0.1 }), flat(5)]);
    const { orders } = backtest(
      scripted({ 0: ({ buy }) => [25, 9].forEach((size) => buy({ size, limit: 0.8 })) }),
      reverse,
      { units: 'whole' },
    );
    expect([Array.from(orders.filled), Array.from(orders.state)]).toEqual([
      [2, 0],
      [0, 1],
    ]);
  });
});

test('where whole units are held, a fraction is paid in cash at the close before', () => {
  const bars = barsFrom([flat(90), flat(90), flat(60, { split: 1.5 }), flat(66)]);
  const { actions, trades, equity } = backtest(buys({ size: 5 }), bars, { units: 'whole' });
  expect(actions[1]).toEqual({ series: 0, bar: 2, kind: 'cash-in-lieu', value: 60, cash: 30 });
  expect([Array.from(trades.size), equity.at(-1)]).toEqual([[0.5, 7], 100_000 + 7 * 6]);
});

test('a split into thirds leaves whole units whole', () => {
  const bars = barsFrom([flat(1), flat(1), flat(3, { split: 1 / 3 })]);
  const { actions, trades } = backtest(buys({ size: 300 }), bars, { units: 'whole' });
  expect([actions.length, trades.size[0]]).toEqual([1, 100]);
});

describe('a delisting', () => {
  const ending = (value: number): Bars =>
    barsFrom([flat(20), flat(20), flat(8, { delisting: value })], { symbol: 'A' });
  const other = barsFrom(
    Array.from({ length: 5 }, () => flat(5)),
    { symbol: 'B' },
  );

  test('closes what is held at the value that is stated, free of costs, nothing included', () => {
    for (const [value, expected] of [
      [12, -80],
      [0, -200],
    ] as const) {
      const settings = { commission: { kind: 'none' }, slippage: { kind: 'fraction', rate: 0.01 } } as const;
      const { trades, equity } = backtest(buys({ size: 10 }), [ending(value), other], settings);
      expect([trades.exitPrice[0], trades.open[0]]).toEqual([value, 0]);
      expect(equity.at(-1)).toBeCloseTo(100_000 + expected - 10 * 20 * 0.01, 8);
    }
  });

  test('refuses the orders that come later, with the reason', () => {
    const events: OrderEvent[] = [];
    const late = defineStrategy({
      name: 'Late',
      next({ index, buy, series }) {
        if (index === 3) buy({ on: series[0]!, size: 1 });
      },
      onOrder: (_, event) => void events.push(event),
    });
    const { rejections } = backtest(late, [ending(12), other]);
    expect(rejections.map(({ reason }) => reason)).toEqual([
      'A is not traded any more: it was delisted after its bar 2',
    ]);
    expect(events.map(({ type }) => type)).toEqual(['rejected']);
  });

  test('withdraws what waits', () => {
    const { orders } = backtest(buys({ size: 10, limit: 1 }), [ending(12), other]);
    expect(orders.state[0]).toBe(1);
  });
});

test('how far a trade went against its holder is measured past the split', () => {
  const bars = barsFrom([flat(100), { open: 100, high: 110, low: 90, close: 100 }, flat(25, { split: 4 }), flat(26)]);
  const { trades } = backtest(buys({ size: 10 }), bars);
  const { adverse, favourable } = new ExcursionWatch([bars], 'next-open').study(trades);
  expect([adverse[0], favourable[0]]).toEqual([-0.1, 0.1]);
});
