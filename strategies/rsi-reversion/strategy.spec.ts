import { expect, test } from '@jest/globals';
import { backtest, barsFromCloses } from '@quarry/engine/testing';
import strategy from './strategy.js';

const params = { window: 2, trend: 30 };
const rising = Array.from({ length: 40 }, (_, i) => 100 + 2 * i);

test('it buys a dip in a rising market and sells into strength', () => {
  const { trades } = backtest(
    strategy,
    barsFromCloses([...rising, 176, 174, 172, 170, 172, 176, 180, 182]),
    {},
    params,
  );
  expect({ size: Math.sign(trades.size[0]!), entryBar: trades.entryBar[0], won: trades.pnl[0]! > 0 }).toEqual({
    size: 1,
    entryBar: 44,
    won: true,
  });
});

test('it leaves a dip below the long average alone', () => {
  const { orders } = backtest(strategy, barsFromCloses(rising.toReversed()), {}, params);
  expect(orders.length).toBe(0);
});
