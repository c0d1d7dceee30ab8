import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RankedValues } from './ranked-values.js';

test('the values of ranks are those of a sort, for whatever values', () => {
  const anyValue = fc.oneof(
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
    fc.constantFrom(0, 1, 1e300, 5e-324, -1e-300),
  );
  fc.assert(
    fc.property(fc.array(anyValue, { minLength: 1, maxLength: 400 }), (list) => {
      const values = Float64Array.from(list);
      const ranks = [0.05, 0.25, 0.5, 0.75, 0.95, 1].map((share) => Math.floor(share * (list.length - 1)));
      const sorted = Float64Array.from(list).sort();
      const told = new RankedValues(400).at(values, ranks);
      expect(told.map((value) => value + 0)).toEqual(ranks.map((rank) => sorted[rank]! + 0));
      expect(values).toEqual(Float64Array.from(list));
    }),
    { numRuns: 500 },
  );
});

test('values so close or so far apart that their width cannot be divided by are ranked all the same', () => {
  const ranked = new RankedValues(3);
  expect([
    ranked.at(Float64Array.of(0, -5e-324), [0, 1]),
    ranked.at(Float64Array.of(1e308, -1e308, 0), [0, 1, 2]),
    ranked.at(Float64Array.of(0, -Infinity), [0, 1]),
    ranked.at(Float64Array.of(2, 2, 2), [0, 2]),
  ]).toEqual([
    [-5e-324, 0],
    [-1e308, 0, 1e308],
    [-Infinity, 0],
    [2, 2],
  ]);
});

test('one who ranks again remembers nothing of the values before', () => {
  const ranked = new RankedValues(1000);
  ranked.at(
    Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i)),
    [10, 500],
  );
  expect(
    ranked.at(
      Float64Array.from({ length: 101 }, (_, i) => 100 - i),
      [0, 50, 100],
    ),
  ).toEqual([0, 50, 100]);
});
