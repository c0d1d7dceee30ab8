import { describe, expect, test } from '@jest/globals';
import type { Bars } from '../bars.js';
import { randomBars } from '../testing.js';
import { foresightOf } from './foresight.js';

const walk = randomBars(900, 5, { volatility: 0.02 });
const withColumn = (of: (bar: number) => number): Bars => ({
  ...walk,
  extra: { x: Float64Array.from({ length: walk.length }, (_, bar) => of(bar)) },
});
const mean = (from: number, to: number): number => {
  if (from < 0 || to >= walk.length) return NaN;
  return walk.close.subarray(from, to + 1).reduce((sum, price) => sum + price, 0) / (to - from + 1);
};

describe('a column is seen to know the future', () => {
  test.each<[string, (bar: number) => number]>([
    ['as a centred mean', (i) => mean(i - 4, i + 4)],
    ['as the return of the next bar', (i) => walk.close[i + 1]! / walk.close[i]! - 1],
    ['as the sign of the next bar alone', (i) => (walk.close[i + 1]! > walk.close[i]! ? 1 : 0)],
    ['as the gap to the next open', (i) => walk.open[i + 1]! / walk.close[i]!],
    ['as the return of one bar far ahead', (i) => walk.close[i + 20]! / walk.close[i + 19]!],
    ['as the close of the week on each of its days', (i) => walk.close[Math.floor(i / 5) * 5 + 4]!],
    [
      'as the number of bars until the close is higher',
      (i) => walk.close.subarray(i + 1).findIndex((p) => p > walk.close[i]!),
    ],
    [
      'as the next return, its side switched by the last one',
      (i) => Math.sign(walk.close[i]! - walk.close[i - 1]!) * (walk.close[i + 1]! / walk.close[i]! - 1),
    ],
    ['as the volume of the next bar', (i) => walk.volume[i + 1]!],
  ])('%s', (_, of) => {
    expect(foresightOf(withColumn(of), 'x')?.share).toBeGreaterThan(0.3);
  });
});

describe('a column is not accused', () => {
  const other = randomBars(900, 6, { volatility: 0.02 }).close;
  test.each<[string, (bar: number) => number]>([
    ['that is a mean of the past', (i) => mean(i - 49, i)],
    ['that is the close itself', (i) => walk.close[i]!],
    ['that is another market', (i) => other[i]!],
    ['that counts rows', (i) => i],
    ['that never changes', () => 7],
    ['that is nowhere defined', () => NaN],
    ['that is a slow wave of its own', (i) => Math.sin(i / 60)],
  ])('%s', (_, of) => {
    expect(foresightOf(withColumn(of), 'x')).toBeNull();
  });
});
