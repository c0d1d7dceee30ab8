import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { orderLaws } from './order-laws.js';
import { deeds, settings } from './random-orders.js';

/** A test over so many random streams of orders; the same seed, the same streams. */
export function keepsOrderLaws(streams: number, seed: number): void {
  test(`over ${streams} random order streams (seed ${seed}) every law of orders holds`, () => {
    let seen = 0;
    const lawful = fc.property(deeds, settings, fc.nat({ max: 50 }), (list, given, at) => {
      seen++;
      for (const [title, law] of orderLaws) {
        try {
          law(list, given, at);
        } catch (error) {
          throw new Error(`It does not hold that ${title}.`, { cause: error });
        }
      }
    });
    fc.assert(lawful, { numRuns: streams, seed });
    expect(seen).toBe(streams);
  }, 1_800_000);
}
