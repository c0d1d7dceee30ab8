import { expect, test } from '@jest/globals';
import { RandomStream } from '@quarry/engine/host';
import { figureIntervals } from './figure-intervals.js';

const stream = new RandomStream(1, 0);
const returns = Float64Array.from({ length: 500 }, () => 0.0008 + 0.01 * stream.normal());

test('figures of a record lie within their intervals, which are those of a year', () => {
  const { sharpe, profitFactor, maxDrawdown } = figureIntervals(returns, 252, 1)!;
  const within = ({ low, high }: typeof sharpe, value: number) => Number(low) < value && value < Number(high);
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const deviation = Math.sqrt(returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1));
  expect(within(sharpe, (mean / deviation) * Math.sqrt(252))).toBe(true);
  // Two years tell a ratio to about 1.4 to either side (Lo 2002).
  expect(Math.abs(Number(sharpe.high) - Number(sharpe.low) - 2 * 1.96 * Math.sqrt(252 / 500))).toBeLessThan(0.6);
  expect(within(profitFactor, 1.2)).toBe(true);
  expect(Number(maxDrawdown.high)).toBeLessThan(0);
});

test('a handful of returns, or some that never vary, have none', () => {
  expect([figureIntervals(returns.slice(0, 20), 252, 1), figureIntervals(new Float64Array(100), 252, 1)]).toEqual([
    null,
    null,
  ]);
});
