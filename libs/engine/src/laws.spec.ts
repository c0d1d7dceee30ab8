import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { defaultSettings } from './settings.js';
import { barsFrom, randomBars } from './testing.js';
import { type Law, orderLaws } from './testing/order-laws.js';
import { withRandomActions } from './actions/random-actions.js';
import { deeds, length, play, settings } from './testing/random-orders.js';

function check(law: Law, runs = 12): void {
  fc.assert(fc.property(deeds, settings, fc.nat({ max: 50 }), law), { numRuns: runs });
}

describe('for any orders, costs, fill models and settings', () => {
  test.each(orderLaws)('%s', (_, law) => check(law));
});

describe('for several series of different pace', () => {
  /** A pace of hours beside minutes, days, or hours that end earlier. */
  const others = [
    randomBars(length * 60, 5, { interval: '1m', symbol: 'B' }),
    randomBars(4, 6, { interval: '1d', symbol: 'B', volatility: 0.05 }),
    withRandomActions(randomBars(length - 20, 7, { interval: '1h', symbol: 'B', volatility: 0.03 }), 7),
  ];

  test('the replay is the run, and no money appears or vanishes', () => {
    check((list, given, seed) => {
      const pace = randomBars(length, seed, { interval: '1h', volatility: 0.03 });
      const { result, run, own } = play([pace, others[seed % 3]!], list, given);
      expect(result.equity.at(-1)).toBe(run.finalEquity);
      expect(result).toEqual(own());
      if (result.equity.at(-1) === 0) return;
      const { received, paid } = result.dividends;
      const made = result.trades.pnl.reduce((total, pnl) => total + pnl, received - paid);
      expect(Math.abs(result.equity.at(-1)! - given.cash - made)).toBeLessThan(1e-6);
    }, 15);
  });
});

test('prices of any size end in a result', () => {
  const wild = fc.constantFrom(1e308, 1e-308, 5e-324, 1, 100, Number.MAX_VALUE);
  const rows = fc.array(
    fc
      .tuple(wild, wild)
      .map(([open, close]) => ({ open, close, high: Math.max(open, close), low: Math.min(open, close) })),
    { minLength: 1, maxLength: length },
  );
  fc.assert(
    fc.property(rows, deeds, settings, (prices, list, given) => {
      const { result, run } = play([barsFrom(prices)], list, given);
      expect(result.equity.at(-1)).toBe(run.finalEquity);
    }),
    { numRuns: 300 },
  );
});

test('the default settings are free of costs and leverage', () => {
  expect(defaultSettings).toMatchObject({ leverage: 1, fill: 'next-open', commission: { kind: 'none' } });
});
