import { expect, test } from '@jest/globals';
import { backtest, barsFromCloses } from '@quarry/engine/testing';
import strategy from './strategy.js';

const falling = Array.from({ length: 40 }, (_, i) => 200 - 2 * i);
const rising = Array.from({ length: 30 }, (_, i) => 122 + 3 * i);
const crash = [180, 150, 140, 130];
const bars = barsFromCloses([...falling, ...rising, ...crash]);

test('it buys when the trend turns upwards and leaves when it turns back', () => {
  const { trades } = backtest(strategy, bars, {}, { strength: 0 });
  expect({
    count: trades.length,
    isLong: trades.size[0]! > 0,
    isInRise: trades.entryBar[0]! > 40 && trades.entryBar[0]! < 50,
    // The crash closes below the line on bar 71 at the latest; it leaves at the next open.
    isOutInCrash: trades.exitBar[0]! > 70 && trades.open[0] === 0,
  }).toEqual({ count: 1, isLong: true, isInRise: true, isOutInCrash: true });
});

test('it stays out where there is too little of a trend', () => {
  const sideways = barsFromCloses(Array.from({ length: 120 }, (_, i) => 100 + 5 * Math.sin(i)));
  const orders = (strength: number): number =>
    backtest(strategy, sideways, {}, { strength, ranges: 0.5 }).orders.length;
  expect([orders(0) > 0, orders(50)]).toEqual([true, 0]);
});

test('it sells short only where it may', () => {
  const sold = (short: boolean): number => {
    const { trades } = backtest(strategy, bars, {}, { strength: 0, short });
    return trades.size.filter((size) => size < 0).length;
  };
  expect([sold(false), sold(true)]).toEqual([0, 1]);
});
