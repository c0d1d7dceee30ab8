import { expect, test } from '@jest/globals';
import { jaggedBars } from '../golden/jagged-bars.js';
import { talibCandles } from '../golden/talib.js';
import { type CandlePattern, candlePatternColumn } from './candle-pattern.js';
import * as one from './one-candle.js';
import * as several from './several-candles.js';
import * as two from './two-candles.js';

const bars = jaggedBars(12_000);
const { isMarubozu: _helper, ...ofOne } = one;
const { against: _other, ...ofTwo } = two;
const patterns: Readonly<Record<string, CandlePattern>> = { ...ofOne, ...ofTwo, ...several };

test.each(Object.keys(talibCandles) as (keyof typeof talibCandles)[])(
  '%s is found on the bars on which TA-Lib finds it',
  (name) => {
    const found = candlePatternColumn(bars, patterns[name]!);
    // It gives a gravestone no side; to us it speaks for a fall.
    const sign = name === 'gravestoneDoji' ? -1 : 1;
    const sum = { up: 0, down: 0, bars: 0 };
    for (let i = 20; i < found.length; i++) {
      const side = sign * found[i]!;
      if (side > 0) sum.up++;
      else if (side < 0) sum.down++;
      if (side !== 0) sum.bars += i;
    }
    expect(sum).toEqual(talibCandles[name]);
  },
);

test('every candle pattern but tweezers, which TA-Lib does not have, is held to it', () => {
  expect(Object.keys(patterns).filter((name) => !(name in talibCandles))).toEqual(['tweezers']);
});

test('tweezers turn at the same low or the same high, within a twentieth of the usual range', () => {
  const usual = Array.from({ length: 10 }, () => [100, 101, 99, 100.5]);
  const last = (...candles: number[][]): number => {
    const rows = [...usual, ...candles];
    const column = (k: number): Float64Array => Float64Array.from(rows, (row) => row[k]!);
    const prices = { open: column(0), high: column(1), low: column(2), close: column(3) };
    return candlePatternColumn(prices, two.tweezers).at(-1)!;
  };
  expect([
    last([100, 100.5, 98, 98.5], [98.5, 100, 98.05, 99.5]),
    last([100, 102, 99.5, 101.5], [101.5, 102.05, 100, 100.5]),
    last([100, 100.5, 98, 98.5], [98.5, 100, 97.5, 99.5]),
    last([98, 100, 97.5, 99.5], [98.5, 100.5, 97.5, 99.5]),
  ]).toEqual([1, -1, 0, 0]);
});
