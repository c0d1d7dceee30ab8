import { expect, test } from '@jest/globals';
import { choiceFlaws } from './choice-flaws';
import { freshChoices } from './run-choices';

const fresh = freshChoices();
const specs = { fast: { type: 'int' as const, default: 10, min: 2, max: 100, step: 1, description: '' } };
const flawed = (settings: object) =>
  Object.keys(choiceFlaws({ ...fresh, settings: { ...fresh.settings, ...settings } }, {}));

test('what is proposed can be run', () => {
  expect(choiceFlaws(fresh, specs)).toEqual({});
});

test('each setting out of its limits, or emptied, is named', () => {
  expect([{ cash: -5 }, { cash: NaN }, { seed: -3 }, { leverage: 0.5 }].map(flawed)).toEqual([
    ['cash'],
    ['cash'],
    ['seed'],
    ['leverage'],
  ]);
});

test('a negative rate is not taken for none', () => {
  expect(flawed({ spread: { kind: 'fraction', rate: -1 } })).toEqual(['spread']);
});

test('a day that no calendar has is not a date, and the last day is not before the first', () => {
  const named = (from: string, to: string) => Object.keys(choiceFlaws({ ...fresh, from, to }, {}));
  expect([named('2010-13-45', ''), named('', '2010-02-30'), named('2011-01-01', '2010-01-01')]).toEqual([
    ['from'],
    ['to'],
    ['to'],
  ]);
});

test.each([NaN, 2.5, 1, 101])('a whole number from 2 to 100 is not %p', (fast) => {
  expect(choiceFlaws({ ...fresh, params: { fast } }, specs)).toEqual({ 'param-fast': 'A whole number from 2 to 100.' });
});

test.each([
  [{ kind: 'sweep' as const }, {}, { kind: expect.stringContaining('nothing to search') }],
  [
    { kind: 'monte-carlo' as const, simulation: { method: 'trade-shuffle' as const, paths: 0 } },
    {},
    { paths: expect.stringContaining('whole number') },
  ],
  [
    { kind: 'cross-validate' as const, search: { method: 'tpe' as const, trials: 9, objective: 'profitFactor' } },
    { fast: specs.fast },
    { method: expect.stringContaining('learns'), objective: expect.stringContaining('profitFactor') },
  ],
  [
    { kind: 'cross-validate' as const, validation: { groups: 4, testGroups: 4, purge: -1, embargo: 0 } },
    { fast: specs.fast },
    { testGroups: expect.stringContaining('fewer'), purge: expect.stringContaining('from 0') },
  ],
  [{ deadline: 0 }, {}, { deadline: expect.stringContaining('above 0') }],
])(
  'a search needs something to search, a simulation at least one path, and tests apart from training: %j',
  (choices, specs, flaws) => {
    expect(choiceFlaws({ ...fresh, ...choices }, specs)).toEqual(flaws);
  },
);
