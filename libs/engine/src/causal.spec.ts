import { expect, test } from '@jest/globals';
import { map, rolling, scan } from './causal.js';
import { sma } from './indicators/index.js';
import type { Series } from './series.js';
import { defineStrategy, type Market } from './strategy.js';
import { backtest, barsFromCloses } from './testing.js';
import type { ParamSpecs } from './params.js';

const bars = barsFromCloses([3, 1, 4, 1, 5, 9]);

function valuesOf(build: (market: Market<ParamSpecs>) => Series): number[] {
  const values: number[] = [];
  backtest(defineStrategy({ name: 'Own', init: build, next: (_, series) => void values.push(series.now) }), bars);
  return values;
}

test('map is a function of the values of each bar', () => {
  expect(valuesOf(({ bars: b }) => map(b.close, (close) => close * 2))).toEqual([6, 2, 8, 2, 10, 18]);
  expect(valuesOf(({ bars: b }) => map(b.high, b.low, (high, low) => high - low))).toEqual([0, 2, 3, 3, 4, 4]);
  expect(valuesOf(({ bars: b }) => map(b.open, b.high, b.close, (o, h, c) => o + h + c))).toEqual([9, 7, 9, 9, 11, 23]);
});

test('rolling sees the last values, the oldest first, once there are enough', () => {
  const oldestLess = valuesOf(({ bars: b }) => rolling(b.close, 3, ([oldest, , newest]) => newest! - oldest!));
  expect(oldestLess).toEqual([NaN, NaN, 1, 0, 1, 8]);
});

test('scan remembers', () => {
  expect(valuesOf(({ bars: b }) => scan(b.close, 0, (sum, close) => sum + close))).toEqual([3, 4, 8, 9, 14, 23]);
});

test('they build on each other and on indicators', () => {
  const chain = valuesOf(({ bars: b }) =>
    scan(
      map(sma(b.close, 2), (x) => x * 2),
      0,
      (sum, x) => (x >= 0 ? sum + x : sum),
    ),
  );
  expect(chain).toEqual([0, 4, 9, 14, 20, 34]);
});

test('the function is not called before its bar is known', () => {
  const heard: number[] = [];
  const said: number[][] = [];
  const eavesdropper = defineStrategy({
    name: 'Eavesdropper',
    init: ({ bars: b }) => map(b.close, (close) => (heard.push(close), close)),
    next: () => void said.push([...heard]),
  });
  backtest(eavesdropper, bars);
  expect(said).toEqual([[3], [3, 1], [3, 1, 4], [3, 1, 4, 1], [3, 1, 4, 1, 5], [3, 1, 4, 1, 5, 9]]);
});

test('a ready-made indicator says why it cannot build on one', () => {
  expect(() =>
    valuesOf(({ bars: b }) =>
      sma(
        map(b.close, (x) => x),
        2,
      ),
    ),
  ).toThrow(/computed bar by bar \(map, rolling, scan\)/);
});

test('a window that is no whole number of bars is refused', () => {
  expect(() => valuesOf(({ bars: b }) => rolling(b.close, 0, () => 0))).toThrow(
    'rolling: the number of bars is 0; it must be a whole number, 1 or more.',
  );
});

test('they belong in init', () => {
  const late = defineStrategy({ name: 'Late', next: ({ bars: b }) => void map(b.close, (x) => x) });
  expect(() => backtest(late, bars)).toThrow('map, rolling and scan belong in init');
});
