import { describe, expect, test } from '@jest/globals';
import { averageLinkage } from './average-linkage.js';
import { correlationMatrix } from './correlation.js';
import { effectiveTrials } from './effective-trials.js';
import { noise } from './golden/noise.js';

/** Trials in groups; within a group any two correlate at about `correlation`. */
function groupsOf(sizes: readonly number[], correlation: number): Float64Array[] {
  return sizes.flatMap((size, group) => {
    const common = noise(500, 11 + 1013 * group);
    return Array.from({ length: size }, (_, j) => {
      const own = noise(500, 100_003 + 7919 * group + 131 * j);
      return common.map((r, t) => Math.sqrt(correlation) * r + Math.sqrt(1 - correlation) * own[t]!);
    });
  });
}

describe('the effective number of trials', () => {
  test('is the number of trials where they are unrelated', () => {
    expect(effectiveTrials(Array.from({ length: 40 }, (_, j) => noise(480, 1000 + 37 * j))).count).toBe(40);
  });

  test('is one for copies, whatever their scale', () => {
    const one = noise(100, 5);
    expect(effectiveTrials([one, one.map((r) => 3 * r + 0.001), one]).count).toBe(1);
  });

  test('is the number of groups, and tells who is in which', () => {
    const { count, clusters } = effectiveTrials(groupsOf([5, 1, 9, 3], 0.8));
    expect(count).toBe(4);
    expect(Array.from(clusters)).toEqual([0, 0, 0, 0, 0, 1, ...Array<number>(9).fill(2), 3, 3, 3]);
  });

  test('counts trials apart that move against each other', () => {
    const one = noise(100, 5);
    expect(effectiveTrials([one, one.map((r) => -r)]).count).toBe(2);
  });

  test('depends on how much must go together', () => {
    const trials = groupsOf([4, 4], 0.6);
    expect([0.4, 0.9].map((together) => effectiveTrials(trials, together).count)).toEqual([2, 8]);
    expect(() => effectiveTrials(trials, 0)).toThrow('Trials join at a correlation of 0');
  });
});

describe('average linkage', () => {
  test('joins as the plain algorithm does, which seeks the nearest two clusters each time', () => {
    for (let round = 0; round < 50; round++) {
      const points = noise(14, 3 + 97 * round, 0, 1);
      const distances = Float64Array.from({ length: 14 * 14 }, (_, at) =>
        Math.abs(points[Math.floor(at / 14)]! - points[at % 14]!),
      );
      const clusters = averageLinkage(distances.slice(), 14, 0.5);
      expect(groupsFrom(clusters)).toEqual(plainly(distances, 14, 0.5));
    }
  });
});

function groupsFrom(clusters: Int32Array): string[] {
  const groups = new Map<number, number[]>();
  clusters.forEach((cluster, i) => groups.set(cluster, [...(groups.get(cluster) ?? []), i]));
  return [...groups.values()].map((group) => group.join()).sort();
}

function plainly(distances: Float64Array, n: number, cut: number): string[] {
  let groups = Array.from({ length: n }, (_, i) => [i]);
  for (;;) {
    let least = Infinity;
    let pair: readonly [number[], number[]] | null = null;
    groups.forEach((a, i) =>
      groups.slice(0, i).forEach((b) => {
        const all = a.flatMap((x) => b.map((y) => distances[x * n + y]!));
        const mean = all.reduce((sum, distance) => sum + distance, 0) / all.length;
        if (mean < least) [least, pair] = [mean, [a, b]];
      }),
    );
    if (!pair || least > cut) return groups.map((group) => group.sort((a, b) => a - b).join()).sort();
    const [a, b]: readonly [number[], number[]] = pair;
    groups = [...groups.filter((group) => group !== a && group !== b), [...a, ...b]];
  }
}

test('a column that does not vary correlates with itself alone', () => {
  expect(Array.from(correlationMatrix([noise(50, 1), new Float64Array(50)]))).toEqual([1, 0, 0, 1]);
});
