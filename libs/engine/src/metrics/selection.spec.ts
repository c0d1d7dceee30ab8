import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../random.js';
import { quantile, selectRank } from './selection.js';

const random = seededRandom(11);
const columns = Array.from({ length: 60 }, (_, i) => {
  const kinds = [random, () => Math.floor(4 * random()), () => i, () => -i];
  return Float64Array.from({ length: 1 + i * 7 }, (_unused, at) => kinds[i % 4]!() + (i % 5 === 0 ? at : 0));
});

describe('selecting a rank', () => {
  test('puts there what sorting would, nothing greater before it and nothing smaller behind', () => {
    const wrong = columns.filter((column) => {
      const rank = Math.floor(random() * column.length);
      const chosen = Float64Array.from(column);
      selectRank(chosen, rank);
      const value = chosen[rank]!;
      return (
        value !== Float64Array.from(column).sort()[rank] ||
        chosen.subarray(0, rank).some((other) => other > value) ||
        chosen.subarray(rank).some((other) => other < value)
      );
    });
    expect(wrong).toEqual([]);
  });

  test('takes no square of time over a column that defeats the choice of pivots', () => {
    const organPipe = Float64Array.from({ length: 200_000 }, (_, i) => Math.min(i, 200_000 - i));
    expect(quantile(organPipe, 0.5)).toBeCloseTo(50_000, -1);
  });
});

describe('a quantile', () => {
  test('lies between two order statistics in proportion', () => {
    expect([0, 0.25, 0.5, 0.95, 1].map((share) => quantile(Float64Array.of(4, 1, 3, 2), share))).toEqual([
      1,
      1.75,
      2.5,
      expect.closeTo(3.85, 12),
      4,
    ]);
  });

  test('of nothing is not defined, and of one value is that value', () => {
    expect([quantile(new Float64Array(0), 0.5), quantile(Float64Array.of(7), 0.05)]).toEqual([NaN, 7]);
  });
});
