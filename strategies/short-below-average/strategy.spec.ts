import { expect, test } from '@jest/globals';
import { backtest, barsFromCloses } from '@quarry/engine/testing';
import strategy from './strategy.js';

/** Up for sixty days, down for sixty, up again. */
const bars = barsFromCloses(Array.from({ length: 180 }, (_, i) => (i < 60 ? 100 + i : i < 120 ? 220 - i : i - 20)));
const params = { average: 20, exit: 10 };

test('it is short from below the average until a new high', () => {
  const { trades } = backtest(strategy, bars, {}, params);
  expect([trades.length, trades.size[0]! < 0, trades.pnl[0]! > 0]).toEqual([1, true, true]);
});

test('it pays for what it borrows, every day it is short', () => {
  const { trades, costs } = backtest(strategy, bars, { borrow: { kind: 'annual', rate: 0.1 } }, params);
  const value = Math.abs(trades.size[0]!) * trades.entryPrice[0]!;
  const days = trades.exitBar[0]! - trades.entryBar[0]!;
  expect(costs.borrow).toBeGreaterThan(0.5 * value * 0.1 * (days / 365));
  expect(costs.borrow).toBeLessThan(value * 0.1 * (days / 365));
});
