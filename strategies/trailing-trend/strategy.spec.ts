import { expect, test } from '@jest/globals';
import { backtest, barsFromCloses } from '@quarry/engine/testing';
import strategy from './strategy.js';

const params = { trend: 20, distance: 2, range: 5 };
const rising = Array.from({ length: 30 }, (_, i) => 100 + i);

test('it lets a rise run and sells once the price falls some ranges below its best', () => {
  const { trades } = backtest(strategy, barsFromCloses([...rising, 128, 126, 90, 90]), {}, params);
  expect([trades.entryBar[0], trades.exitBar[0], trades.exitPrice[0], trades.open[0]]).toEqual([20, 31, 127, 0]);
});

test('it stays out below the average', () => {
  const { trades } = backtest(strategy, barsFromCloses(rising.toReversed()), {}, params);
  expect(trades.length).toBe(0);
});
