import { expect, test } from '@jest/globals';
import { backtest, barsFromCloses } from '@quarry/engine/testing';
import strategy from './strategy.js';

const params = { entry: 10, exit: 5, range: 5, stop: 3 };
const quiet = Array.from({ length: 20 }, (_, i) => 100 + (i % 2));

test('it enters on the bar after a close beyond all highs of the channel', () => {
  const { trades } = backtest(strategy, barsFromCloses([...quiet, 103, 104, 105]), {}, params);
  expect([trades.length, trades.entryBar[0], trades.size[0]! > 0]).toEqual([1, 21, true]);
});

test('it gives up a breakout that fails at its stop loss, some ranges below the close it bought on', () => {
  const { trades } = backtest(strategy, barsFromCloses([...quiet, 103, 103, 90, 90]), {}, params);
  const { pnl, exitBar, open } = trades;
  expect([pnl[0]! < 0, exitBar[0], open[0]]).toEqual([true, 22, 0]);
});

test('it sells short only where it may', () => {
  const bars = barsFromCloses([...quiet, 97, 96, 95]);
  const sold = (short: boolean): number => backtest(strategy, bars, {}, { ...params, short }).trades.length;
  expect([sold(false), sold(true)]).toEqual([0, 1]);
});
