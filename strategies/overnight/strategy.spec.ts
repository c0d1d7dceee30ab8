import { expect, test } from '@jest/globals';
import { backtest, barsFrom } from '@quarry/engine/testing';
import strategy from './strategy.js';

test('it holds from one close to the next open, and never within a session', () => {
  const bars = barsFrom([100, 102, 104, 106].map((open) => ({ open, high: open + 1, low: open - 1, close: open - 1 })));
  const { trades } = backtest(strategy, bars, {}, {});
  const closed = Array.from(trades.entryPrice, (entry, i) => [
    trades.entryBar[i],
    entry,
    trades.exitBar[i],
    trades.exitPrice[i],
  ]);
  expect(closed.slice(0, 2)).toEqual([
    [1, 101, 2, 104],
    [2, 103, 3, 106],
  ]);
});
