import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Schedule } from './schedule.js';

test('a moment has the series that wait for it, in their order, however they came', () => {
  const wishes = fc.uniqueArray(fc.record({ series: fc.nat({ max: 19 }), moment: fc.nat({ max: 4 }) }), {
    selector: ({ series }) => series,
  });
  fc.assert(
    fc.property(wishes, (list) => {
      const knownAt = Float64Array.of(0, 10, 20, 30, 40);
      const schedule = new Schedule({ length: 5, time: knownAt, knownAt }, 20);
      for (const { series, moment } of list) schedule.expect(series, moment * 10 - 5, 0);
      const lists = Array.from({ length: 5 }, (_, moment) => [...schedule.due.subarray(0, schedule.open(moment))]);
      const expected = Array.from({ length: 5 }, (_, moment) =>
        list
          .filter((wish) => wish.moment === moment)
          .map(({ series }) => series)
          .sort((a, b) => a - b),
      );
      expect(lists).toEqual(expected);
    }),
  );
});

test('a series that waits for what never comes is in no list', () => {
  const knownAt = Float64Array.of(0, 10);
  const schedule = new Schedule({ length: 2, time: knownAt, knownAt }, 1);
  schedule.expect(0, 11, 0);
  schedule.expect(0, Infinity, 0);
  expect([schedule.open(0), schedule.open(1)]).toEqual([0, 0]);
});
