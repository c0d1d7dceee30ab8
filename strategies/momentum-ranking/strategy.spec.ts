import { expect, test } from '@jest/globals';
import { backtest, barsFromCloses } from '@quarry/engine/testing';
import strategy from './strategy.js';

const days = 100;
const params = { held: 1, lookback: 20, skip: 0 };
const growing = (symbol: string, rate: (day: number) => number) => {
  let price = 100;
  return barsFromCloses(
    Array.from({ length: days }, (_, day) => (price *= 1 + rate(day))),
    { symbol },
  );
};

test('it holds what rose most', () => {
  const { trades } = backtest(strategy, [growing('A', () => 0.001), growing('B', () => 0.002)], {}, params);
  expect([trades.length, trades.series[0], trades.open[0]]).toEqual([1, 1, 1]);
});

test('it changes over to another that rises more, at a turn of the month', () => {
  const fading = growing('A', (day) => (day < 40 ? 0.004 : -0.001));
  const { trades } = backtest(strategy, [fading, growing('B', () => 0.002)], {}, params);
  expect([Array.from(trades.series), Array.from(trades.open)]).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

test('it buys nothing while everything falls', () => {
  const falling = ['A', 'B'].map((symbol) => growing(symbol, () => -0.001));
  expect(backtest(strategy, falling, {}, params).orders.length).toBe(0);
});

test('it passes over a symbol that is not traded at the time', () => {
  const ended = growing('A', () => 0.01);
  const cut = { ...ended, length: 25 };
  const bars = { ...cut, knownAt: ended.knownAt.subarray(0, 25), time: ended.time.subarray(0, 25) };
  const { trades } = backtest(strategy, [bars, growing('B', () => 0.001)], {}, params);
  expect(Array.from(trades.series)).toEqual([1]);
});
