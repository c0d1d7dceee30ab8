import { describe, expect, test } from '@jest/globals';
import { SteppingCursor, type Series, seriesFrom } from '../series.js';
import { crossedAbove, crossedBelow } from './crossing.js';

/** On which bars a condition over two columns holds. */
function barsWhere(condition: (a: Series, b: Series) => boolean, a: readonly number[], b: readonly number[]): number[] {
  const cursor = new SteppingCursor(a.length);
  cursor.started = true;
  const [left, right] = [seriesFrom(Float64Array.from(a), cursor), seriesFrom(Float64Array.from(b), cursor)];
  return [...a.keys()].filter((bar) => {
    cursor.moveTo(bar);
    return condition(left, right);
  });
}

describe('a crossing', () => {
  test('is told on the bar where one value has come to the other side, once', () => {
    const a = [1, 2, 4, 5, 3, 2];
    const b = [3, 3, 3, 3, 3, 3];
    expect([barsWhere(crossedAbove, a, b), barsWhere(crossedBelow, a, b)]).toEqual([[2], [5]]);
  });

  test('counts a touch as not yet across, and what follows it as across', () => {
    expect(barsWhere(crossedAbove, [1, 2, 3], [2, 2, 2])).toEqual([2]);
  });

  test('may be that of a level', () => {
    const level = (a: Series): boolean => crossedBelow(a, 30);
    expect(barsWhere(level, [50, 30, 29, 20, 40, 10], [0, 0, 0, 0, 0, 0])).toEqual([2, 5]);
  });

  test('is not told on the first bar, nor over values that are not defined', () => {
    expect(barsWhere(crossedAbove, [5, NaN, 5, 1, NaN, 9], [1, 2, 3, 4, 5, 6])).toEqual([]);
  });
});
