import { describe, expect, test } from '@jest/globals';
import { goldenCases } from '../golden/golden-strategies.js';
import { lcgBars } from '../golden/lcg-bars.js';
import { backtest } from '../testing.js';
import { rMultiples } from './r-multiples.js';

function run(name: string) {
  const { strategy, settings } = goldenCases[name]!;
  return backtest(strategy, lcgBars(), settings);
}

describe('R-multiples', () => {
  test('of bracket orders: a trade stopped out at its stop, without a gap, loses one R and its commission', () => {
    const { trades, orders } = run('bracket sl/tp');
    const { count, mean } = rMultiples(trades, orders);
    const closed = trades.open.filter((open) => open === 0).length;
    const risks = Array.from({ length: orders.length }, (_, row) => row).filter((row) => orders.kind[row] === 2);
    expect(risks.length).toBeGreaterThanOrEqual(count);
    expect({ count, mean: Number.isFinite(mean) }).toEqual({ count: closed, mean: true });
  });

  test('are not known where no stop was placed', () => {
    const { trades, orders } = run('sma excl comm.002');
    expect(rMultiples(trades, orders)).toEqual({ count: 0, mean: NaN });
  });

  test('are P&L over what the stop would have cost', () => {
    const { trades, orders } = run('bracket sl/tp');
    const first = Array.from({ length: orders.length }, (_, row) => row).find(
      (row) => orders.kind[row] === 2 && orders.placedBar[row] === trades.entryBar[0],
    )!;
    const only = { ...trades, length: 1 };
    const risk = Math.abs(trades.size[0]! * (trades.entryPrice[0]! - orders.stop[first]!));
    expect(rMultiples(only, orders)).toEqual({ count: 1, mean: expect.closeTo(trades.pnl[0]! / risk, 12) });
  });
});
