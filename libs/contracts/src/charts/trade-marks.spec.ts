import { expect, test } from '@jest/globals';
import { tradeMarks } from './trade-marks.js';

const trade = (entryBar: number, exitBar: number, size: number, open = false) => ({
  ...{ entryBar, exitBar, size, open, pnl: 0 },
  entryPrice: 100 + entryBar,
  exitPrice: 100 + exitBar,
});
const trades = [trade(0, 5, 10), trade(5, 9, -10), trade(20, 30, 10, true)];

test('longs and shorts are marked where they entered, and both where they left', () => {
  expect(tradeMarks(trades, { from: 0, to: 10 })).toEqual({
    longEntries: [[0, 100]],
    shortEntries: [[5, 105]],
    exits: [
      [5, 105],
      [9, 109],
    ],
    hidden: 0,
  });
});

test('an entry before a split is marked at the price that was paid', () => {
  expect(tradeMarks([{ ...trade(0, 5, 40), split: 4 }], { from: 0, to: 10 }).longEntries).toEqual([[0, 400]]);
});

test('a position that is still open has no exit', () => {
  expect(tradeMarks(trades, { from: 25, to: 40 }).exits).toEqual([]);
});

test('more trades than a screen can show are counted instead', () => {
  expect(tradeMarks(trades, { from: 0, to: 40 }, 2)).toEqual({
    longEntries: [],
    shortEntries: [],
    exits: [],
    hidden: 3,
  });
});
