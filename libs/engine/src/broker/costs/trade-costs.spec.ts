import { expect, test } from '@jest/globals';
import { scripted } from '../../scripted.js';
import type { BacktestSettings } from '../../settings.js';
import { backtest, barsFrom, barsFromCloses } from '../../testing.js';

const flat = (count: number, symbol = 'TEST') =>
  barsFromCloses(
    Array.from({ length: count }, () => 100),
    { symbol },
  );
const year = 365;
const rounded = (column: Float64Array) => Array.from(column, (value) => Number(value.toPrecision(10)));

test('a run that pays nothing beside commission has no further costs of trades', () => {
  const script = scripted({ 0: ({ buy }) => void buy({ size: 1 }) });
  expect(backtest(script, flat(3), { commission: { kind: 'per-order', amount: 1 } }).trades.costs).toBeNull();
});

test('each part of a lot has its share of what the entry lost, and what its own exit did', () => {
  const script = scripted({
    0: ({ buy }) => void buy({ size: 10 }),
    1: ({ close }) => close({ fraction: 0.4 }),
    2: ({ close }) => close(),
  });
  const { trades } = backtest(script, flat(5), {
    slippage: { kind: 'fixed', amount: 0.5 },
    spread: { kind: 'fraction', rate: 0.002 },
  });
  expect([rounded(trades.costs!.slippage), rounded(trades.costs!.spread)]).toEqual([
    [4, 6],
    [0.8, 1.2],
  ]);
});

test('two shorts share the borrow fee by units and the days that each was held', () => {
  const script = scripted({
    0: ({ sell }) => void sell({ size: 10 }),
    1: ({ sell }) => void sell({ size: 30 }),
    3: ({ close }) => close(),
  });
  const { trades, costs } = backtest(script, flat(7), { borrow: { kind: 'annual', rate: 0.01 * year } });
  // 1 % a day of 1,000 held over three closes, of 3,000 over two.
  expect([rounded(trades.costs!.borrow), Number(costs.borrow.toPrecision(10))]).toEqual([[30, 60], 90]);
});

test('interest is of the longs, by what each cost; the shorts beside them pay none', () => {
  const [a, b, c] = [flat(4, 'A'), flat(4, 'B'), flat(4, 'C')];
  const script = scripted({
    0: ({ buy, sell, series }) => {
      buy({ size: 10, on: series[0]! });
      buy({ size: 30, on: series[1]! });
      sell({ size: 20, on: series[2]! });
    },
  });
  const settings: Partial<BacktestSettings> = {
    ...{ cash: 2_000, leverage: 10 },
    interest: { kind: 'annual', rate: 0.01 * year },
  };
  const { trades, costs } = backtest(script, [a, b, c], settings);
  const paid = rounded(trades.costs!.interest);
  expect([paid[0]! * 3, paid[2], paid[0]! + paid[1]!]).toEqual([
    expect.closeTo(paid[1]!, 9),
    0,
    expect.closeTo(costs.interest, 6),
  ]);
});

test('a split spreads what one unit has paid over those that it became', () => {
  const row = { open: 100, high: 100, low: 100, close: 100 };
  const half = { open: 50, high: 50, low: 50, close: 50 };
  const bars = barsFrom([row, row, row, { ...half, split: 2 }, half, half]);
  const script = scripted({ 0: ({ sell }) => void sell({ size: 10 }), 3: ({ close }) => close({ fraction: 0.5 }) });
  const { trades, costs } = backtest(script, bars, { borrow: { kind: 'annual', rate: 0.01 * year } });
  // 10 a day, of the half that goes in bar 4 for three days, of the other for two more days at half of it.
  expect([rounded(trades.costs!.borrow), Number(costs.borrow.toPrecision(10))]).toEqual([[15, 20], 35]);
});
