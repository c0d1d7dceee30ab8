import { describe, expect, test } from '@jest/globals';
import type { Trades } from '../results.js';
import { barsFrom, randomBars } from '../testing.js';
import { ExcursionWatch } from './excursions.js';
import { tradesOf } from './golden/backtest.js';

const bars = barsFrom([
  { open: 100, high: 101, low: 90, close: 100 },
  { open: 100, high: 104, low: 98, close: 102 },
  { open: 102, high: 110, low: 101, close: 108 },
  { open: 108, high: 130, low: 50, close: 105 },
]);

/** From 100 on bar 1 to 108 on bar 3, unless told otherwise. */
function trade(change: Partial<Record<'size' | 'exitPrice' | 'open' | 'exitBar', number>> = {}): Trades {
  const { size = 1, exitPrice = 108, open = 0, exitBar = 3 } = change;
  const one = tradesOf([{ bars: [1, exitBar], pnl: 0, returns: 0 }], bars.time);
  return { ...one, size: Float64Array.of(size), exitPrice: Float64Array.of(exitPrice), open: Uint8Array.of(open) };
}

function excursions(trades: Trades, fill: 'next-open' | 'this-close' = 'next-open'): number[] {
  const { adverse, favourable } = new ExcursionWatch([bars], fill).study(trades);
  return [adverse[0]!, favourable[0]!];
}

describe('how far a trade went against and for its holder', () => {
  test('with fills at the open: the entry’s bar whole, of the exit’s bar the price alone', () => {
    expect(excursions(trade())).toEqual([-0.02, 0.1]);
  });

  test('with fills at the close: only bars after the entry’s, and the exit’s whole', () => {
    expect(excursions(trade({ exitPrice: 105 }), 'this-close')).toEqual([-0.5, 0.3]);
  });

  test('the other way round for a short', () => {
    expect(excursions(trade({ size: -1 }))).toEqual([-0.1, 0.02]);
  });

  test('a trade still open lived through the last bar', () => {
    expect(excursions(trade({ open: 1, exitPrice: 105 }))).toEqual([-0.5, 0.3]);
  });

  test('a stop hit within a bar reaches to its own price', () => {
    expect(excursions(trade({ exitPrice: 95 }))).toEqual([-0.05, 0.1]);
  });

  test('in and out within one bar knows only the two prices', () => {
    expect(excursions(trade({ exitBar: 1, exitPrice: 97 }))).toEqual([-0.03, 0]);
  });

  test('trades that overlap many times over give the same as each alone', () => {
    const many = randomBars(3000, 3);
    const cases = Array.from({ length: 200 }, (_, i) => ({
      bars: [i * 3, Math.min(2999, i * 3 + 7 * i + 1)] as const,
      pnl: 0,
      returns: 0,
    }));
    const together = tradesOf(cases, many.time);
    const alone = cases.map((one) => {
      const { adverse, favourable } = new ExcursionWatch([many], 'next-open').study(tradesOf([one], many.time));
      return [adverse[0], favourable[0]];
    });
    const { adverse, favourable } = new ExcursionWatch([many], 'next-open').study(together);
    expect(Array.from(adverse, (value, i) => [value, favourable[i]])).toEqual(alone);
  });
});
