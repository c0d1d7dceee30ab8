import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../random.js';
import { autocorrelationPenalty, loSharpe } from './smart-sharpe.js';

/** Returns of which each repeats a share of the one before. */
function autoregressive(share: number, count: number): Float64Array {
  const random = seededRandom(3);
  let last = 0;
  return Float64Array.from({ length: count }, () => (last = share * last + random() - 0.5));
}

/** Lo's equation 20, written out. */
function writtenOut(returns: Float64Array, perPeriod: number, q: number): number {
  const n = returns.length;
  const mean = returns.reduce((sum, r) => sum + r, 0) / n;
  const covariance = (k: number): number => {
    let sum = 0;
    for (let i = 0; i + k < n; i++) sum += (returns[i]! - mean) * (returns[i + k]! - mean);
    return sum;
  };
  let sum = 0;
  for (let k = 1; k < q; k++) sum += (q - k) * (covariance(k) / covariance(0));
  return (perPeriod * q) / Math.sqrt(q + 2 * sum);
}

describe('the Sharpe ratio of dependent returns', () => {
  test('follows Lo’s equation 20', () => {
    const returns = autoregressive(0.2, 301);
    expect(loSharpe(returns, 0.1, 12)).toEqual({ value: expect.closeTo(writtenOut(returns, 0.1, 12), 12), lags: 11 });
  });

  test('is below the root-of-time one where gains follow gains, and above it where they turn', () => {
    const plain = 0.1 * Math.sqrt(12);
    const values = [0.5, -0.5].map((share) => loSharpe(autoregressive(share, 2000), 0.1, 12).value);
    expect([values[0]! < plain * 0.7, values[1]! > plain * 1.3]).toEqual([true, true]);
  });

  test('looks no further back than a quarter of the sample', () => {
    expect(loSharpe(autoregressive(0, 100), 0.1, 252).lags).toBe(25);
  });

  test('is not defined where nothing varies', () => {
    expect(loSharpe(new Float64Array(50), NaN, 12).value).toBeNaN();
  });
});

test('the penalty by the first lag alone is 1 of a single return and not defined of equal ones', () => {
  expect([autocorrelationPenalty(Float64Array.of(0.1)), autocorrelationPenalty(new Float64Array(5))]).toEqual([1, NaN]);
});
