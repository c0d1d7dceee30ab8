import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LazyCursor } from './lazy-cursor.js';

const clock = fc.array(fc.nat({ max: 50 }), { maxLength: 40 }).map((list) => list.sort((a, b) => a - b));
const moments = fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 30 }).map((list) => list.sort((a, b) => a - b));

test('it stands at the newest bar that is known, whenever it is asked', () => {
  fc.assert(
    fc.property(clock, moments, (known, asked) => {
      const instant = { now: -Infinity };
      const cursor = new LazyCursor(Float64Array.from(known), instant);
      const seen = asked.map((now) => {
        instant.now = now;
        return cursor.index;
      });
      expect(seen).toEqual(asked.map((now) => known.filter((at) => at <= now).length - 1));
    }),
  );
});

test('what is computed bar by bar is computed once for every bar, in order, however many are new', () => {
  fc.assert(
    fc.property(clock, moments, (known, asked) => {
      const instant = { now: -Infinity };
      const cursor = new LazyCursor(Float64Array.from(known), instant);
      const computed: number[] = [];
      cursor.onMove(() => computed.push(cursor.index));
      for (const now of asked) {
        instant.now = now;
        cursor.tell();
      }
      expect(computed).toEqual(Array.from({ length: cursor.index + 1 }, (_, bar) => bar));
    }),
  );
});
