import { describe, expect, test } from '@jest/globals';
import { momentsOf } from '../metrics/moments.js';
import { seedOfIndex, stateOfIndex } from '../random.js';
import { normalCdf } from '../statistics/normal-cdf.js';
import { fillNormals } from './normals.js';
import { RandomStream } from './random-stream.js';

describe('the random numbers of an index', () => {
  test('do not depend on what the stream was used for before', () => {
    const used = new RandomStream(5, 3);
    for (let i = 0; i < 77; i++) used.normal();
    used.startAt(5, 9);
    const fresh = new RandomStream(5, 9);
    expect([used.uniform(), used.normal(), used.integer(100)]).toEqual([
      fresh.uniform(),
      fresh.normal(),
      fresh.integer(100),
    ]);
  });

  test('stay the same for ever', () => {
    const stream = new RandomStream(1, 0);
    expect([stream.uniform(), stream.normal(), stream.integer(1000), seedOfIndex(1, 0)]).toMatchInlineSnapshot(`
      [
        0.11788025277997038,
        1.1076130233060084,
        525,
        2571226413,
      ]
    `);
  });

  test('no two of 20,000 indices share a state or a seed', () => {
    const states = new Set<number>();
    const state = new Int32Array(4);
    const seeds = new Set<number>();
    for (let index = 0; index < 20_000; index++) {
      const [a, b] = stateOfIndex(7, index, state);
      states.add(a! * 2 ** 32 + b!);
      seeds.add(seedOfIndex(7, index));
    }
    expect([states.size, seeds.size]).toEqual([20_000, 20_000]);
  });

  test('are unrelated between neighbours: of first numbers, and of the same index in two runs', () => {
    const first = (seed: number, index: number): number => new RandomStream(seed, index).uniform() - 0.5;
    let neighbours = 0;
    let runs = 0;
    const n = 5_000;
    for (let i = 0; i < n; i++) {
      neighbours += first(1, i) * first(1, i + 1);
      runs += first(1, i) * first(2, i);
    }
    // A product of two has a deviation of 1/12.
    const deviation = 1 / 12 / Math.sqrt(n);
    expect(Math.abs(neighbours / n)).toBeLessThan(4 * deviation);
    expect(Math.abs(runs / n)).toBeLessThan(4 * deviation);
  });
});

describe('normals of the ziggurat', () => {
  const count = 200_000;
  const normals = new Float64Array(count);
  fillNormals(stateOfIndex(11, 0), new Int32Array(count), normals, count);

  test('have the moments of a standard normal', () => {
    const { mean, deviation, skewness, excessKurtosis } = momentsOf(normals);
    const root = Math.sqrt(count);
    expect(Math.abs(mean) * root).toBeLessThan(4);
    expect(Math.abs(deviation - 1) * root).toBeLessThan(4 * Math.sqrt(0.5));
    expect(Math.abs(skewness) * root).toBeLessThan(4 * Math.sqrt(6));
    expect(Math.abs(excessKurtosis) * root).toBeLessThan(4 * Math.sqrt(24));
  });

  test('follow its distribution, tails included (Kolmogorov and Smirnov; the last thousandths)', () => {
    const sorted = Float64Array.from(normals).sort();
    let farthest = 0;
    sorted.forEach((value, i) => (farthest = Math.max(farthest, Math.abs((i + 0.5) / count - normalCdf(value)))));
    expect(farthest * Math.sqrt(count)).toBeLessThan(1.95);
    const beyond = normals.filter((value) => Math.abs(value) > 3.442619855899).length;
    const expected = count * 2 * normalCdf(-3.442619855899);
    expect(Math.abs(beyond - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});
