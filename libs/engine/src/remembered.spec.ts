import { afterEach, expect, test } from '@jest/globals';
import { remembered, rememberColumns } from './remembered.js';

afterEach(() => rememberColumns(0));

const doubled = (values: Float64Array, window: number): Float64Array => values.map((value) => value * window);
const values = Float64Array.of(1, 2, 3);

test('nothing is kept unless asked for', () => {
  expect(remembered(doubled, values, 2)).not.toBe(remembered(doubled, values, 2));
});

test('a column is kept by what it was computed of: function, values and window', () => {
  rememberColumns(1_000);
  const kept = remembered(doubled, values, 2);
  const others = [
    remembered(doubled, values, 3),
    remembered(doubled, values.slice(), 2),
    remembered((x, w) => doubled(x, w), values, 2),
  ];
  expect(remembered(doubled, values, 2)).toBe(kept);
  expect(others.includes(kept)).toBe(false);
});

test('once the room is full all is forgotten, and kept anew; what has no room is computed each time', () => {
  rememberColumns(2 * values.byteLength);
  const first = remembered(doubled, values, 1);
  remembered(doubled, values, 2);
  remembered(doubled, values, 3);
  expect(remembered(doubled, values, 1)).not.toBe(first);
  const long = new Float64Array(100);
  expect(remembered(doubled, long, 1)).not.toBe(remembered(doubled, long, 1));
});
