import { CrossValidationPlan } from '@quarry/contracts';
import { expect, test } from '@jest/globals';
import { foldsOf, requireRoom } from './room.js';

const plan = CrossValidationPlan.parse({ purge: 5, embargo: 3 });

test('ten groups of which two are tested, or one, find room', () => {
  expect(() => requireRoom(plan, { rows: 2_500, trials: 1_000 })).not.toThrow();
  expect(() => requireRoom({ ...plan, testGroups: 1 }, { rows: 2_500, trials: 1_000 })).not.toThrow();
});

test.each([
  [{ groups: 20, testGroups: 10 }, {}, 'Testing 10 of 20 groups makes 184756 splits; at most 2000 are judged'],
  [{}, { trials: 100_000 }, '100000 trials of 2500 returns each are 250000000 numbers, and at most 50000000 are kept'],
  [
    { groups: 14, testGroups: 4 },
    { trials: 20_000 },
    'in 1001 splits has no end in sight. Take fewer groups or trials',
  ],
  [{ purge: 2_000 }, {}, 'A purge of 2000 and an embargo of 3 around 2 of 10 tested groups leave 0 of 2500 returns'],
  [{ groups: 30 }, { rows: 20 }, 'There are 20 returns for 30 groups. Take fewer groups'],
])('%j over %j is refused before anything runs', (of, over, words) => {
  expect(() => requireRoom({ ...plan, ...of }, { rows: 2_500, trials: 100, ...over })).toThrow(words);
});

test('a purge leaves out as many returns before a test as after it, and the embargo more after it', () => {
  const [, second] = foldsOf({ groups: 4, testGroups: 1, purge: 5, embargo: 3 }, 80).folds;
  const left = Array.from({ length: 80 }, (_, row) => row).filter((row) => !second!.train.includes(row));
  expect([left[0], left.at(-1), left.length]).toEqual([20 - 5, 39 + 5 + 3, 20 + 5 + 5 + 3]);
});
