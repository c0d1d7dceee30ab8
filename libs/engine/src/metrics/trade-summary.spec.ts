import { describe, expect, test } from '@jest/globals';
import { type TradeCase, tradesOf } from './golden/backtest.js';
import { kelly, payoffRatio, profitFactor, systemQuality, winRate } from './trade-ratios.js';
import { summariseTrades, type TradeSummary } from './trade-summary.js';

const day = 86_400e6;
const time = Float64Array.from({ length: 40 }, (_, i) => i * day);

function summaryOf(pnl: readonly number[]): TradeSummary {
  return summariseTrades(
    tradesOf(
      pnl.map((gain, i): TradeCase => ({ bars: [i, i + 2], pnl: gain, returns: gain / 100 })),
      time,
    ),
  );
}

describe('the figures of closed trades', () => {
  test('are counted, and split into wins, losses and those that broke even', () => {
    const { count, wins, losses, grossProfit, grossLoss } = summaryOf([10, -5, 0, 20, -15]);
    expect({ count, wins, losses, grossProfit, grossLoss }).toEqual({
      count: 5,
      wins: 2,
      losses: 2,
      grossProfit: 30,
      grossLoss: 20,
    });
  });

  test('leave out a trade that is still open', () => {
    const cases: TradeCase[] = [
      { bars: [0, 3], pnl: 10, returns: 0.1 },
      { bars: [4, 9], pnl: 99, returns: 0.99, open: true },
    ];
    const { count, open, bestReturn, longestDuration } = summariseTrades(tradesOf(cases, time));
    expect({ count, open, bestReturn, longestDuration }).toEqual({
      count: 1,
      open: 1,
      bestReturn: 0.1,
      longestDuration: 3 * day,
    });
  });

  test('hold the longest streaks; breaking even ends both kinds', () => {
    const { longestWinStreak, longestLossStreak } = summaryOf([1, 1, 0, 1, -1, -1, -1, 0, -1]);
    expect({ longestWinStreak, longestLossStreak }).toEqual({ longestWinStreak: 2, longestLossStreak: 3 });
  });

  test('compound: one that loses half needs one that doubles', () => {
    expect(summaryOf([-50, 100]).geometricReturn).toBeCloseTo(0, 15);
  });

  test('agree with a sheet of paper', () => {
    const trades = summaryOf([10, -5, 20, -15, 5]);
    const spread = Math.sqrt(((10 - 3) ** 2 + 8 ** 2 + 17 ** 2 + 18 ** 2 + 2 ** 2) / 4);
    expect([winRate(trades), profitFactor(trades), payoffRatio(trades), trades.meanPnl]).toEqual([
      0.6,
      1.75,
      35 / 3 / 10,
      3,
    ]);
    expect(systemQuality(trades)).toBeCloseTo((Math.sqrt(5) * 3) / spread, 12);
    expect(kelly(trades)).toBeCloseTo(0.6 - 0.4 / (35 / 3 / 10), 12);
  });

  test('are not defined without a trade, and those over losses not without a loss', () => {
    const none = summaryOf([]);
    const won = summaryOf([1, 2]);
    expect([winRate(none), profitFactor(none), none.bestReturn, none.meanDuration, kelly(none)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    expect([profitFactor(won), payoffRatio(won), kelly(won), winRate(won)]).toEqual([NaN, NaN, NaN, 1]);
  });

  test('of one trade say nothing of how they scatter', () => {
    expect(systemQuality(summaryOf([5]))).toBeNaN();
  });
});
