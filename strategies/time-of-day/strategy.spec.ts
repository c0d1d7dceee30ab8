import { expect, test } from '@jest/globals';
import { barsFromCloses, backtest } from '@quarry/engine/testing';
import strategy from './strategy.js';

/** Two days of hours: the first rises by a point an hour, the second falls. */
const hours = Array.from({ length: 48 }, (_, i) => (i < 24 ? 100 + i : 147 - i));
const bars = barsFromCloses(hours, { interval: '1h' });

test('it follows the direction of the day from one hour to another, and holds nothing overnight', () => {
  const { trades } = backtest(strategy, bars, {}, { enter: 600, leave: 1200 });
  const held = [...trades.size].map((size, i) => [Math.sign(size), trades.entryBar[i]! % 24, trades.exitBar[i]! % 24]);
  expect(held).toEqual([
    [1, 11, 21],
    [-1, 11, 21],
  ]);
});

test('it stays out of a day that did not move enough', () => {
  expect(backtest(strategy, bars, {}, { move: 0.1, enter: 300 }).orders.length).toBe(0);
});

test('it trades nothing where it would leave before it enters', () => {
  expect(backtest(strategy, bars, {}, { enter: 900, leave: 600 }).orders.length).toBe(0);
});
