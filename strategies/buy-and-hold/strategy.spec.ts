import { expect, test } from '@jest/globals';
import { backtest, barsFromCloses } from '@quarry/engine/testing';
import strategy from './strategy.js';

test('it buys at the second open with all the money, and holds to the end', () => {
  const { equity, trades } = backtest(strategy, barsFromCloses([100, 100, 110, 125]), { cash: 1000 });
  expect({ final: equity.at(-1), open: [...trades.open], entry: trades.entryBar[0] }).toEqual({
    final: 1250,
    open: [1],
    entry: 1,
  });
});

test('it keeps back what it was told to', () => {
  const { equity } = backtest(strategy, barsFromCloses([100, 100, 50]), { cash: 1000 }, { fraction: 0.5 });
  expect(equity.at(-1)).toBe(750);
});
