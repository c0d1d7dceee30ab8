import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../random.js';
import { momentsOf } from './moments.js';
import { rollingFigures, rollingWindow } from './rolling.js';
import { sharpe } from './sharpe.js';
import { versusBenchmark } from './versus-benchmark.js';

const random = seededRandom(8);
const returns = Float64Array.from({ length: 400 }, () => 0.0005 + 0.02 * (random() - 0.5));
const market = returns.map((r) => 0.7 * r + 0.01 * (random() - 0.5));

describe('rolling figures', () => {
  test('are those of each window taken by itself', () => {
    const { sharpe: rolled, volatility, beta } = rollingFigures(returns, market, 60, 252);
    const windows = Array.from({ length: 341 }, (_, i) => [returns.slice(i, i + 60), market.slice(i, i + 60)] as const);
    const expected = windows.map(([own, theirs]) => {
      const moments = momentsOf(own);
      const figures = [
        sharpe(moments, 252),
        moments.deviation * Math.sqrt(252),
        versusBenchmark(own, theirs, 252).beta,
      ];
      return figures.map((value) => expect.closeTo(value, 9));
    });
    expect(Array.from(rolled, (value, i) => [value, volatility[i], beta![i]])).toEqual(expected);
  });

  test('a window in which nothing moved has no Sharpe ratio, and no risk', () => {
    const still = Float64Array.of(0.01, -0.02, 0.03, 0, 0, 0, 0);
    const { sharpe: rolled, volatility, beta } = rollingFigures(still, null, 4, 252);
    expect([rolled.at(-1), volatility.at(-1), beta]).toEqual([NaN, 0, null]);
  });

  test('a run shorter than the window has none', () => {
    expect(rollingFigures(returns.slice(0, 10), null, 12, 12).sharpe).toHaveLength(0);
  });

  test('look over half a year, yet a dozen periods at least', () => {
    expect([252, 365, 52, 12, 1].map(rollingWindow)).toEqual([126, 183, 26, 12, 12]);
  });
});
