import { expect, test } from '@jest/globals';
import { annualReturn } from './growth.js';
import { returnFigures } from './return-figures.js';

test('the figures of returns by hand', () => {
  const returns = Float64Array.of(0.1, -0.2, 0.05, 0.1);
  const figures = returnFigures(returns, 12);
  expect(figures.totalReturn).toBeCloseTo(1.1 * 0.8 * 1.05 * 1.1 - 1, 14);
  expect(figures.maxDrawdown).toBeCloseTo(-0.2, 14);
  expect(figures.omega).toBeCloseTo(0.25 / 0.2, 14);
  expect(figures.annualReturn).toBe(annualReturn(returns, 12));
  expect(figures.calmar).toBe(figures.annualReturn / -figures.maxDrawdown);
  expect(figures.sharpe).toBeCloseTo((0.0125 / Math.sqrt(0.061875 / 3)) * Math.sqrt(12), 12);
});

test('without a fall there is no ratio to one', () => {
  expect(returnFigures(Float64Array.of(0.01, 0.02), 252)).toMatchObject({ maxDrawdown: 0, calmar: NaN });
});
