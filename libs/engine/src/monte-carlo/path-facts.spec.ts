import { describe, expect, test } from '@jest/globals';
import { factsOfLevels, factsOfLogs, type PathFacts } from './path-facts.js';

const walk = (levels: readonly number[]): readonly [PathFacts, PathFacts] => {
  const facts = [0, 1].map(() => ({ maxDrawdown: NaN, longestDrawdown: NaN, lowest: NaN, highest: NaN }));
  factsOfLevels(Float64Array.from(levels), facts[0]!);
  factsOfLogs(Float64Array.from(levels, Math.log), facts[1]!);
  return [facts[0]!, { ...facts[1]!, lowest: Math.exp(facts[1]!.lowest), highest: Math.exp(facts[1]!.highest) }];
};

describe('a path', () => {
  test.each([
    ['never falls', [1.1, 1.2, 1.2, 1.5], 0, 0, 1, 1.5],
    ['falls from the start and is back after three steps', [0.8, 0.9, 1.1], 0.2, 3, 0.8, 1.1],
    ['falls twice: the deeper is not the longer', [2, 1, 2, 1.9, 1.8, 1.7, 2.2], 0.5, 4, 1, 2.2],
    ['is still down at its end', [1.5, 1.2, 0.75, 0.9], 0.5, 3, 0.75, 1.5],
  ])('%s', (_, levels, maxDrawdown, longestDrawdown, lowest, highest) => {
    const near = (value: number): unknown => expect.closeTo(value, 12);
    const facts = { maxDrawdown: near(maxDrawdown), longestDrawdown, lowest: near(lowest), highest: near(highest) };
    expect(walk(levels)).toEqual([facts, facts]);
  });
});
