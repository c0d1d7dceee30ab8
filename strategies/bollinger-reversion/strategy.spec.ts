import { expect, test } from '@jest/globals';
import { backtest, barsFromCloses } from '@quarry/engine/testing';
import strategy from './strategy.js';

const quiet = Array.from({ length: 30 }, (_, i) => 100 + (i % 2));

test('it takes its profit at the average', () => {
  const { trades } = backtest(strategy, barsFromCloses([...quiet, 97, 97.5, 99, 101]));
  // The average of the twenty closes that end with 97: ten of 101, nine of 100 and the 97.
  expect([trades.length, trades.exitPrice[0], trades.pnl[0]! > 0]).toEqual([1, (10 * 101 + 9 * 100 + 97) / 20, true]);
});

test('it cuts its loss as far below', () => {
  const { trades } = backtest(strategy, barsFromCloses([...quiet, 97, 96, 90, 90]));
  expect([trades.length, trades.pnl[0]! < 0, trades.open[0]]).toEqual([1, true, 0]);
});
