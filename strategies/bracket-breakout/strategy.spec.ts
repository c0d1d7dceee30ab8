import { expect, test } from '@jest/globals';
import { backtest, barsFrom } from '@quarry/engine/testing';
import strategy from './strategy.js';

const params = { range: 3, risk: 0.01, reward: 2 };
const quiet = { open: 100, high: 102, low: 98, close: 100 };

test('it sells what it risks a hundredth for when the range breaks down, and takes its profit', () => {
  const bars = barsFrom([quiet, quiet, quiet, { open: 99, high: 99.5, low: 93, close: 93.5 }, quiet]);
  const { trades } = backtest(strategy, bars, {}, params);
  expect([trades.size[0], trades.entryPrice[0], trades.exitPrice[0]]).toEqual([-500, 98, 94]);
});

test('of both orders one fills', () => {
  const bars = barsFrom([quiet, quiet, quiet, { open: 100, high: 102.5, low: 97.5, close: 100.5 }]);
  const { trades, ambiguity } = backtest(strategy, bars, {}, params);
  expect([trades.length, ambiguity.trades]).toEqual([1, 1]);
});
