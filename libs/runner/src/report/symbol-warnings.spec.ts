import { describe, expect, test } from '@jest/globals';
import type { ReportSymbol } from '@quarry/contracts';
import { symbolWarnings } from './symbol-warnings.js';

const day = 86_400e6;
const to = 1000 * day;
const symbol = (name: string, given: Partial<ReportSymbol> = {}): ReportSymbol => ({
  ...{ symbol: name, bars: 10, missing: 0, from: 0, to, delisted: false, trades: 0, pnl: 0 },
  ...given,
});

describe('a run over several symbols warns', () => {
  test('of nothing where all have all bars', () => {
    expect(symbolWarnings([symbol('A'), symbol('B')], [], to)).toEqual([]);
  });

  test('of none that ended where the data say', () => {
    expect(symbolWarnings([symbol('A', { to: 1, delisted: true }), symbol('B')], [], to)).toEqual([]);
  });

  test('of those that have no bars in its range', () => {
    expect(symbolWarnings([], ['X', 'Y'], to)).toEqual([
      '2 symbols have no bars in this range and took no part: X, Y.',
    ]);
  });

  test('of those that ended long before it did', () => {
    expect(symbolWarnings([symbol('A'), symbol('B', { to: to - 30 * day })], [], to)).toEqual([
      'One symbol has no bars in the last 30 days or more (B): what was held of them was closed at the last close, as if delisted.',
    ]);
  });

  test('of bars that are missing, the most first', () => {
    const symbols = ['A', 'B', 'C', 'D'].map((name, i) => symbol(name, { missing: i + 1 }));
    expect(symbolWarnings(symbols, [], to)).toEqual([
      '10 bars are missing where other symbols have one (D 4, C 3, B 2 and 1 more): the last price stood.',
    ]);
  });
});
