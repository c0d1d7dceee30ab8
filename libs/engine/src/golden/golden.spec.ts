import { describe, expect, test } from '@jest/globals';
import { backtest } from '../testing.js';
import { goldenCases } from './golden-strategies.js';
import { lcgBars } from './lcg-bars.js';
import { peerBacktests } from './peer-backtests.js';

const bars = lcgBars();

function near(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= Math.max(1e-12, Math.abs(expected) * 1e-9);
}

test('the generated bars are the published ones', () => {
  const rows = [0, 1, 2, 3, 499].map((i) => [bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]]);
  expect(rows).toEqual([
    [100.01, 100.32, 98.52, 99.05, 9528],
    [98.92, 99.76, 98.43, 99.53, 2122],
    [99.36, 99.64, 98.69, 99.05, 9850],
    [99.06, 100.51, 98.3, 99.86, 8022],
    [110.92, 112.7, 110.48, 111.6, 8232],
  ]);
});

describe.each(peerBacktests)('backtesting.py: $name', ({ name, firstTrades, pnlSum, equitySum, statistics }) => {
  const { strategy, settings } = goldenCases[name]!;
  const { trades, equity } = backtest(strategy, bars, settings);

  test('the first trades are the same', () => {
    const ours = firstTrades.map((_, i) => ({
      size: trades.size[i],
      entryBar: trades.entryBar[i],
      exitBar: trades.exitBar[i],
    }));
    expect(ours).toEqual(firstTrades.map(({ size, entryBar, exitBar }) => ({ size, entryBar, exitBar })));
  });

  test('their prices and profits are the same', () => {
    const misses = firstTrades.filter(
      ({ entry, exit, pnl }, i) =>
        !near(trades.entryPrice[i]!, entry) || !near(trades.exitPrice[i]!, exit) || !near(trades.pnl[i]!, pnl),
    );
    expect(misses).toEqual([]);
  });

  test('count, profit, commission and equity are the same', () => {
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    const figures: [string, number, number][] = [
      ['trades', trades.length, Number(statistics['# Trades'])],
      ['pnl', sum(trades.pnl), pnlSum],
      ['equity sum', sum(equity), equitySum],
      ['final equity', equity.at(-1)!, Number(statistics['Equity Final [$]'])],
      ['peak equity', Math.max(...equity), Number(statistics['Equity Peak [$]'])],
      ['commission', sum(trades.commission), Number(statistics['Commissions [$]'] ?? 0)],
    ];
    expect(figures.filter(([, ours, theirs]) => !near(ours, theirs))).toEqual([]);
  });
});
