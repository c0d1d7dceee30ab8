import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Bars } from './bars.js';
import { momentAtOrAfter, paceOf } from './pace.js';
import { barsFromCloses } from './testing.js';

const clocked = (knownAt: readonly number[]): Bars => {
  const bars = barsFromCloses(knownAt.map(() => 1));
  return { ...bars, knownAt: Float64Array.from(knownAt), time: Float64Array.from(knownAt, (at) => at - 10) };
};
const clock = fc.array(fc.nat({ max: 60 }), { maxLength: 40 }).map((list) => list.sort((a, b) => a - b));

test('a run stops at every moment at which a bar is known, once', () => {
  fc.assert(
    fc.property(fc.array(clock, { minLength: 2, maxLength: 8 }), (clocks) => {
      const { knownAt, time, length } = paceOf(clocks.map(clocked));
      const moments = [...new Set(clocks.flat())].sort((a, b) => a - b);
      expect([length, Array.from(knownAt)]).toEqual([moments.length, moments]);
      expect(Array.from(time)).toEqual(moments.map((at) => at - 10));
    }),
  );
});

test('one series alone is its own pace, bar for bar', () => {
  const bars = clocked([5, 5, 6]);
  expect(paceOf([bars])).toBe(bars);
});

test('where a long and a short bar end together, the moment carries the start of the short one', () => {
  const day = barsFromCloses([1], { interval: '1d' });
  const hours = barsFromCloses(
    Array.from({ length: 24 }, () => 1),
    { interval: '1h' },
  );
  const { time, length } = paceOf([day, hours]);
  expect([length, time[23]]).toEqual([24, hours.time[23]]);
});

test('the moment at or after an instant is found from anywhere before it', () => {
  fc.assert(
    fc.property(clock, fc.nat({ max: 70 }), fc.nat({ max: 5 }), (moments, instant, from) => {
      const first = moments.findIndex((at) => at >= instant);
      const expected = first < 0 ? moments.length : first;
      const start = Math.min(from, expected);
      expect(momentAtOrAfter(Float64Array.from(moments), instant, start)).toBe(expected);
    }),
  );
});
