import { describe, expect, test } from '@jest/globals';
import { stopsBefore } from './early-stopping.js';
import { geneticSearch } from './genetic.js';
import { type Direction, ranked, type Trial } from './objective.js';
import { randomSearch } from './random-search.js';
import { proposeGeneration, type SearchMethod } from './search-method.js';
import { sobolSearch } from './sobol.js';
import type { Params, ParameterSpace } from './space.js';
import { tpeSearch } from './tpe.js';

const space: ParameterSpace = {
  dimensions: [
    { name: 'x', kind: 'float', min: -5, max: 5 },
    { name: 'n', kind: 'int', min: 1, max: 1000, scale: 'log' },
    { name: 'mode', kind: 'choice', options: ['calm', 'wild', 'off'] },
    { name: 'trail', kind: 'float', min: 0, max: 1, when: { name: 'mode', isOneOf: ['calm'] } },
  ],
  constraints: [({ x, n }) => Number(x) > -4 || Number(n) < 500],
};

/** Best at x = 2, n = 30, calm, trail 0.8: there it is 0. Not defined beyond n = 800. */
function value({ x, n, mode, trail }: Params): number {
  if (Number(n) > 800) return NaN;
  const rest = mode === 'calm' ? -4 * (Number(trail) - 0.8) ** 2 : mode === 'wild' ? -2 : -5;
  return -((Number(x) - 2) ** 2) - Math.log(Number(n) / 30) ** 2 + rest;
}

const methods: Readonly<Record<string, (seed: number, direction?: Direction) => SearchMethod>> = {
  random: (seed) => randomSearch(space, seed),
  sobol: (seed) => sobolSearch(space, seed),
  tpe: (seed, direction = 'maximise') => tpeSearch(space, { seed, direction }),
  genetic: (seed, direction = 'maximise') => geneticSearch(space, { seed, direction }),
};

/** Runs generations of 20; `lanes` says how many ask, each with a method of its own, trials coming back in odd order. */
function search(name: string, seed: number, generations: number, { lanes = 1, sign = 1 } = {}): Trial[] {
  const direction = sign === 1 ? 'maximise' : 'minimise';
  const asked = Array.from({ length: lanes }, () => methods[name]!(seed, direction));
  const trials: Trial[] = [];
  for (let generation = 0; generation < generations; generation++) {
    const proposals = asked.map((method) => proposeGeneration(method, { generation, size: 20, trials }));
    const made = proposals[0]!.map((_, i) => {
      const params = proposals[i % lanes]![i]!;
      return { index: generation * 20 + i, params, value: sign * value(params) };
    });
    trials.push(...(lanes > 1 ? made.reverse() : made));
  }
  return trials.sort((a, b) => a.index - b.index);
}

describe.each(Object.keys(methods))('%s search', (name) => {
  test('proposes the same trials for 1, 2, 7 and 16 lanes, in whatever order they end', () => {
    const [one, ...others] = [1, 2, 7, 16].map((lanes) => search(name, 3, 4, { lanes }));
    expect(others).toEqual([one, one, one]);
  });

  test('proposes allowed trials alone, each with the dimensions that it has', () => {
    const trials = search(name, 5, 4);
    expect(trials.every(({ params }) => Number(params['x']) > -4 || Number(params['n']) < 500)).toBe(true);
    expect(trials.every(({ params }) => 'trail' in params === (params['mode'] === 'calm'))).toBe(true);
  });
});

test.each(['tpe', 'genetic'])('%s finds what 120 trials at random do not', (name) => {
  const bestOf = (method: string): number[] =>
    Array.from({ length: 11 }, (_, seed) => ranked(search(method, seed, 6), 'maximise')[0]!.value);
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[5]!;
  expect(middle(bestOf(name))).toBeGreaterThan(0.5 * middle(bestOf('random')));
});

test.each(['tpe', 'genetic'])('%s minimises what it would else maximise, by the same steps', (name) => {
  expect(search(name, 2, 3, { sign: -1 }).map(({ params }) => params)).toEqual(
    search(name, 2, 3).map(({ params }) => params),
  );
});

test('a space that its constraints leave empty is told', () => {
  const none = { ...space, constraints: [() => false] };
  expect(() => randomSearch(none, 1).propose(0, [])).toThrow('None of 10000 draws met the constraints');
  expect(() => sobolSearch(none, 1).propose(0, [])).toThrow('None of 10,000 points met the constraints');
});

describe('trials', () => {
  const trial = (index: number, reached: number): Trial => ({ index, params: {}, value: reached });

  test('are ranked by the metric; one that is not defined comes last in both directions, equals by their index', () => {
    const trials = [trial(0, NaN), trial(1, 2), trial(2, -Infinity), trial(3, 5), trial(4, 2)];
    expect(ranked(trials, 'maximise').map(({ index }) => index)).toEqual([3, 1, 4, 2, 0]);
    expect(ranked(trials, 'minimise').map(({ index }) => index)).toEqual([2, 1, 4, 3, 0]);
  });

  test('of an earlier generation that are missing stop the next', () => {
    const trials = [trial(0, 1), trial(1, 1), trial(3, 1)];
    expect(() => proposeGeneration(randomSearch(space, 1), { generation: 2, size: 2, trials })).toThrow(
      'Generation 2 needs trial 2',
    );
  });

  test('end a search once so many generations brought nothing; later ones are not looked at', () => {
    const rule = { direction: 'maximise', size: 2, patience: 2, leastGain: 0.1 } as const;
    const trials = [1, 2, 3, 1, 3.05, 0, 3, 2, 99, 99].map((reached, index) => trial(index, reached));
    expect([1, 2, 3, 4].map((generation) => stopsBefore(generation, trials, rule))).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(stopsBefore(4, trials.slice(0, 8), rule)).toBe(true);
    const falling = trials.map(({ index }) => trial(index, -index));
    expect(stopsBefore(4, falling, { ...rule, direction: 'minimise' })).toBe(false);
  });

  test('that turn from undefined to defined are no reason to stop', () => {
    const trials = [NaN, NaN, NaN, 1].map((reached, index) => trial(index, reached));
    const rule = { direction: 'maximise', size: 1, patience: 2, leastGain: 0 } as const;
    expect([stopsBefore(3, trials, rule), stopsBefore(4, trials, rule)]).toEqual([true, false]);
  });
});
