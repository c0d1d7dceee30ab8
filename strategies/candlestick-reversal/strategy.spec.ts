import { expect, test } from '@jest/globals';
import { backtest, barsFrom, type BarRow } from '@quarry/engine/testing';
import strategy from './strategy.js';

const params = { trend: 20, dip: 60, patience: 5 };
/** A steady rise, then three bars down. */
const rise: BarRow[] = Array.from({ length: 40 }, (_, i) => ({
  open: 100 + i,
  high: 101.6 + i,
  low: 99.4 + i,
  close: 101 + i,
}));
const dip: BarRow[] = [0, 1, 2].map((i) => ({
  open: 141 - 2 * i,
  high: 141.4 - 2 * i,
  low: 138.6 - 2 * i,
  close: 139 - 2 * i,
}));
/** Around the body of the last bar down. */
const turn: BarRow = { open: 134.5, high: 138.6, low: 134.3, close: 138.4 };
const calm: BarRow[] = Array.from({ length: 8 }, () => ({ open: 138.4, high: 138.9, low: 138, close: 138.4 }));

test('it buys at the open after a candle that turned a dip', () => {
  const { trades } = backtest(strategy, barsFrom([...rise, ...dip, turn, ...calm]), {}, params);
  expect([trades.length, trades.entryBar[0], trades.entryPrice[0]! > 138]).toEqual([1, 44, true]);
});

test('it sells what has reached neither stop nor target in time', () => {
  const { trades } = backtest(strategy, barsFrom([...rise, ...dip, turn, ...calm]), {}, params);
  // Placed on bar 43; five bars later it says so, and the next open ends it.
  expect([trades.exitBar[0], trades.open[0]]).toEqual([49, 0]);
});

test('it leaves the same candle alone in a falling market', () => {
  const fall = rise.toReversed();
  const { orders } = backtest(
    strategy,
    barsFrom([...fall, ...dip.map(below), below(turn), ...calm.map(below)]),
    {},
    params,
  );
  expect(orders.length).toBe(0);
});

function below({ open, high, low, close }: BarRow): BarRow {
  return { open: open - 41, high: high - 41, low: low - 41, close: close - 41 };
}
