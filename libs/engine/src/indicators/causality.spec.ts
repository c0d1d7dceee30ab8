import { describe, expect, test } from '@jest/globals';
import { atrColumn } from './atr.js';
import { bollingerColumns } from './bollinger.js';
import { emaColumn } from './ema.js';
import { highestColumn, lowestColumn } from './extremes.js';
import { macdColumns } from './macd.js';
import { rsiColumn } from './rsi.js';
import { smaColumn } from './sma.js';
import { standardDeviationColumn } from './standard-deviation.js';

type Indicator = (values: Float64Array) => Float64Array;

const window = 37;
const indicators: Record<string, Indicator> = {
  sma: (x) => smaColumn(x, window),
  ema: (x) => emaColumn(x, window),
  rsi: (x) => rsiColumn(x, window),
  atr: (x) =>
    atrColumn(
      x.map((value) => value + 1),
      x.map((value) => value - 1),
      x,
      window,
    ),
  standardDeviation: (x) => standardDeviationColumn(x, window),
  bollinger: (x) => bollingerColumns(x, window, 2).upper,
  macd: (x) => macdColumns(x, { fast: 12, slow: 26, signal: 9 }).histogram,
  highest: (x) => highestColumn(x, window),
  lowest: (x) => lowestColumn(x, window),
};

/** Definitions without a running state, over the window that ends on a bar. */
const plain: Record<string, (values: Float64Array) => number> = {
  sma: mean,
  standardDeviation: (x) => Math.sqrt(mean(x.map((value) => (value - mean(x)) ** 2))),
  bollinger: (x) => mean(x) + 2 * Math.sqrt(mean(x.map((value) => (value - mean(x)) ** 2))),
  highest: (x) => Math.max(...x),
  lowest: (x) => Math.min(...x),
};

function mean(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value, 0) / x.length;
}

/** A seeded walk of 5,000 closes with a missing one now and then. */
function walk(seed: number): Float64Array {
  let x = seed;
  let price = 100;
  const uniform = (): number => {
    x = (Math.imul(1103515245, x) + 12345) & 0x7fffffff;
    return x / 2 ** 31;
  };
  return Float64Array.from({ length: 5000 }, () => {
    price *= 1 + 0.02 * (uniform() - 0.5);
    return uniform() < 0.002 ? NaN : price;
  });
}

describe.each(Object.entries(indicators))('%s', (name, indicator) => {
  const values = walk(7);
  const whole = indicator(values);

  test('does not change when the future comes', () => {
    const cuts = [1, 30, 38, 1023, 1024, 1025, 1500, 4096, 4999];
    expect(cuts.filter((cut) => !sameBits(indicator(values.slice(0, cut)), whole.slice(0, cut)))).toEqual([]);
  });

  test('does not change when a gap comes later', () => {
    const gaps = [600, 1800, 2500, 4000];
    const late = gaps.filter((gap) => {
      const values = walk(7).map((value) => (Number.isNaN(value) ? 100 : value));
      const before = indicator(values).slice(0, gap);
      values[gap] = NaN;
      return !sameBits(indicator(values).slice(0, gap), before);
    });
    expect(late).toEqual([]);
  });

  const definition = plain[name];
  if (definition) {
    test('is at every bar what its definition says of the window before it', () => {
      const wrong = [...whole.keys()].filter((i) => {
        const expected = i < window - 1 ? NaN : definition(values.slice(i - window + 1, i + 1));
        return Number.isNaN(expected) ? !Number.isNaN(whole[i]) : !(Math.abs(whole[i]! / expected - 1) < 1e-10);
      });
      expect(wrong).toEqual([]);
    });
  }
});

function sameBits(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
