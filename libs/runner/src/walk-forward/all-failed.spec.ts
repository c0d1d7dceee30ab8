import { expect, test } from '@jest/globals';
import type { Failure } from '@quarry/contracts';
import { allFailed } from './all-failed.js';
import type { SearchedTrial } from '../search/run-search.js';

const failure: Failure = {
  code: 'threw',
  message: 'no',
  position: { file: 's.ts', line: 3, column: 1 },
  diagnostics: [],
};
const broken: SearchedTrial = { index: 0, params: { fast: 5 }, result: { failure }, sample: null, value: NaN };
const well = { ...broken, result: {} as SearchedTrial['result'] };

test('a search of which every trial failed says how the first did, and where', () => {
  expect(allFailed([broken, broken])).toEqual({
    ...failure,
    message: 'All 2 trials failed, the first with fast=5: no',
  });
});

test('one trial that came to an end is a search', () => {
  expect([allFailed([broken, well]), allFailed([])]).toEqual([null, null]);
});
