import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { gridTrials } from './grid.js';
import { coordinateOf, decode, type Dimension, type ParameterSpace, requireSpace, valueAt } from './space.js';

const crossover: ParameterSpace = {
  dimensions: [
    { name: 'fast', kind: 'int', min: 5, max: 20, step: 5 },
    { name: 'slow', kind: 'int', min: 10, max: 30, step: 10 },
    { name: 'stop', kind: 'bool' },
    { name: 'distance', kind: 'float', min: 0.01, max: 0.1, scale: 'log', when: { name: 'stop', isOneOf: [true] } },
  ],
  constraints: [({ fast, slow }) => fast! < slow!],
};

const axis: fc.Arbitrary<Dimension> = fc.oneof(
  fc.record({ name: fc.constant('a'), kind: fc.constant('bool' as const) }),
  fc.record({ name: fc.constant('a'), kind: fc.constant('choice' as const), options: fc.constant(['x', 'y', 'z']) }),
  fc
    .tuple(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 200 }),
      fc.constantFrom<('linear' | 'log')[]>('linear', 'log'),
    )
    .map(([min, width, scale]): Dimension => ({ name: 'a', kind: 'int', min, max: min + width, scale })),
  fc.constantFrom<Dimension[]>(
    { name: 'a', kind: 'float', min: 0.1, max: 0.4, step: 0.1 },
    { name: 'a', kind: 'float', min: 0.001, max: 10, scale: 'log' },
    { name: 'a', kind: 'float', min: -1, max: 1 },
  ),
);

describe('an axis of a search', () => {
  test('a value lies where it is found again', () => {
    const at = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    fc.assert(
      fc.property(axis, at, (dimension, coordinate) => {
        const value = valueAt(dimension, coordinate);
        const again = valueAt(dimension, Math.min(1 - 1e-12, coordinateOf(dimension, value)));
        expect(again).toEqual(typeof value === 'number' ? expect.closeTo(value, 9) : value);
      }),
    );
  });

  test('whole numbers are equally likely, both ends included', () => {
    const dice: Dimension = { name: 'dice', kind: 'int', min: 1, max: 6 };
    const thrown = Array.from({ length: 600 }, (_, i) => valueAt(dice, (i + 0.5) / 600));
    expect([1, 2, 3, 4, 5, 6].map((eyes) => thrown.filter((value) => value === eyes).length)).toEqual(
      Array(6).fill(100),
    );
  });

  test('a logarithmic one gives each factor of ten as much room', () => {
    const axis: Dimension = { name: 'a', kind: 'float', min: 0.001, max: 10, scale: 'log' };
    expect([0, 0.25, 0.5, 0.75].map((at) => valueAt(axis, at))).toEqual(
      [0.001, 0.01, 0.1, 1].map((v) => expect.closeTo(v, 12)),
    );
  });

  test('a step that a float cannot hold does not lose the last value', () => {
    expect(valueAt({ name: 'a', kind: 'float', min: 0.1, max: 0.4, step: 0.1 }, 0.99)).toBeCloseTo(0.4, 12);
  });

  test('a dimension whose condition fails is not there', () => {
    expect(decode(crossover, [0, 0.9, 0.2, 0.5])).toEqual({ fast: 5, slow: 30, stop: false });
    expect(decode(crossover, [0, 0.9, 0.7, 0.5])).toMatchObject({ stop: true, distance: expect.closeTo(0.0316, 4) });
  });

  test.each([
    [
      'Two dimensions are called a',
      [
        { name: 'a', kind: 'bool' },
        { name: 'a', kind: 'bool' },
      ],
    ],
    ['a depends on b, which does not come before it', [{ name: 'a', kind: 'bool', when: { name: 'b', isOneOf: [1] } }]],
    ['a goes from 2 to 1', [{ name: 'a', kind: 'int', min: 2, max: 1 }]],
    ['a is logarithmic and goes from 0', [{ name: 'a', kind: 'float', min: 0, max: 1, scale: 'log' }]],
    ['a has a step of 0', [{ name: 'a', kind: 'int', min: 0, max: 1, step: 0 }]],
    ['a has no options', [{ name: 'a', kind: 'choice', options: [] }]],
    ['no dimensions', []],
  ] satisfies [string, Dimension[]][])('%s: refused', (message, dimensions) => {
    expect(() => requireSpace({ dimensions })).toThrow(message);
  });
});

describe('a grid', () => {
  test('has every combination that is allowed, and no axis that a condition takes out', () => {
    const trials = gridTrials(crossover, 3);
    const without = trials.filter(({ stop }) => stop === false);
    const pairs = without.map(({ fast, slow }) => `${fast}/${slow}`);
    expect(pairs).toEqual(['5/10', '5/20', '5/30', '10/20', '10/30', '15/20', '15/30', '20/30']);
    expect(trials).toHaveLength(8 + 8 * 3);
    expect(trials.slice(1, 4).map(({ distance }) => distance)).toEqual(
      [0.01, 0.0316, 0.1].map((v) => expect.closeTo(v, 4)),
    );
  });

  test('too large to run is refused', () => {
    const dimensions = ['a', 'b', 'c'].map((name): Dimension => ({ name, kind: 'int', min: 1, max: 200 }));
    expect(() => gridTrials({ dimensions })).toThrow('more than 1000000 trials');
  });
});
