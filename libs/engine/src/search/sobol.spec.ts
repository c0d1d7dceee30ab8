import { describe, expect, test } from '@jest/globals';
import { mostSobolDimensions, Sobol, sobolSearch } from './sobol.js';

describe('Sobol’s sequence', () => {
  test('is that of the peer (scipy), over 128 dimensions', () => {
    const sobol = new Sobol(128);
    expect(Array.from(sobol.at(5).slice(0, 6))).toEqual([0.875, 0.875, 0.125, 0.375, 0.875, 0.625]);
    const last = sobol.at(63);
    expect([0, 1, 2, 30, 63, 127].map((d) => last[d])).toEqual([
      0.015625, 0.796875, 0.359375, 0.015625, 0.734375, 0.640625,
    ]);
    expect(sobol.at(37).reduce((sum, at) => sum + at, 0)).toBe(64.15625);
    expect(mostSobolDimensions).toBe(128);
  });

  test.each([null, 7])(
    'puts one of its first 256 points into every 256th of every axis, shifted or not (%s)',
    (seed) => {
      const sobol = new Sobol(128, seed);
      const points = Array.from({ length: 256 }, (_, i) => sobol.at(i));
      const isEven = (d: number): boolean => new Set(points.map((point) => Math.floor(point[d]! * 256))).size === 256;
      expect(Array.from({ length: 128 }, (_, d) => d).filter((d) => !isEven(d))).toEqual([]);
    },
  );

  test('fills a disc far more evenly than chance does', () => {
    const sobol = new Sobol(2, 3);
    const inside = Array.from({ length: 4096 }, (_, i) => sobol.at(i)).filter(([x, y]) => x! ** 2 + y! ** 2 < 1).length;
    // Chance would miss by 0.0064.
    expect(Math.abs(inside / 4096 - Math.PI / 4)).toBeLessThan(0.002);
  });

  test('has no more dimensions than direction numbers', () => {
    expect(() => new Sobol(129)).toThrow('for 1 to 128 dimensions, not 129');
  });

  test('a search leaves out what is forbidden, and does not care who asks first', () => {
    const space = {
      dimensions: [
        { name: 'a', kind: 'float', min: 0, max: 1 },
        { name: 'b', kind: 'float', min: 0, max: 1 },
      ] as const,
      constraints: [({ a, b }: { readonly a?: unknown; readonly b?: unknown }) => Number(a) < Number(b)],
    };
    const forwards = sobolSearch(space, 1);
    const backwards = sobolSearch(space, 1);
    const indices = Array.from({ length: 100 }, (_, i) => i);
    const trials = indices.map((i) => forwards.propose(i, []));
    const same = indices.toReversed().map((i) => backwards.propose(i, []));
    expect(same.toReversed()).toEqual(trials);
    expect(trials.every(({ a, b }) => Number(a) < Number(b))).toBe(true);
  });
});
