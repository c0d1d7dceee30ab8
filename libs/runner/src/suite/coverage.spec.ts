import { expect, test } from '@jest/globals';
import { Coverage, ranCode } from './coverage.js';

const places = [
  ['strategy.ts', 3],
  ['strategy.ts', 5],
  ['strategy.ts', 5],
  ['rules.ts', 9],
] as const;
const nameOf = (file: string): string => `sma/${file}`;

test('a line that runs pass by halves ran as a whole once all its parts did in one run or another', () => {
  const coverage = new Coverage();
  coverage.add({ places, ran: '1100' }, nameOf);
  expect(coverage.files).toEqual([
    { file: 'sma/rules.ts', code: [9], missed: [9], partly: [] },
    { file: 'sma/strategy.ts', code: [3, 5], missed: [], partly: [5] },
  ]);
  coverage.add({ places, ran: '0010' }, nameOf);
  expect(coverage.files[1]).toEqual({ file: 'sma/strategy.ts', code: [3, 5], missed: [], partly: [] });
});

test.each(['', '110', '11002', '110x'])('"%s" is no account of four marks', (ran) => {
  expect(ranCode({ places, insertions: {} }, ran)).toBeNull();
});
