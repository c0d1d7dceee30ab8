import { expect, test } from '@jest/globals';
import { backtest, barsFromCloses } from '@quarry/engine/testing';
import strategy from './strategy.js';

const rise = [10, 10, 10, 10, 10, 11, 12, 13, 14, 15];
const fall = [14, 13, 12, 11, 10, 9, 8, 7, 6, 5];

test('it is long after the averages crossed up, and turns short where they cross down', () => {
  const { trades } = backtest(strategy, barsFromCloses([...rise, ...fall]), { cash: 1000 }, { fast: 2, slow: 5 });
  expect([...trades.size].map(Math.sign)).toEqual([1, -1]);
  expect([...trades.open]).toEqual([0, 1]);
});

test('it does nothing while the averages do not cross', () => {
  const { orders } = backtest(strategy, barsFromCloses(Array(50).fill(10)), {}, { fast: 2, slow: 5 });
  expect(orders.length).toBe(0);
});
