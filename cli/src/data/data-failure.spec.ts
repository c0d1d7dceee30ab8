import { expect, test } from '@jest/globals';
import type { Failure } from '@quarry/contracts';
import { exitCodeOf } from '../exit-codes.js';
import { dataFailure } from './data-failure.js';

const failure = (code: Failure['code'], message = 'Split the file.'): Failure => ({
  code,
  message,
  position: null,
  diagnostics: [],
});

test.each(['out-of-memory', 'timed-out', 'crashed', 'data-refused'] as const)(
  'a file whose reading ended as %s is data refused, and no fault of a strategy',
  (code) => {
    const told = dataFailure(failure(code));
    expect([told.code, told.message, exitCodeOf(told)]).toEqual(['data-refused', 'Split the file.', 3]);
  },
);

test('a name that is not there stays wrong usage', () => {
  expect(exitCodeOf(dataFailure(failure('no-such-dataset')))).toBe(2);
});

test('what the file needs is told in flags', () => {
  expect(dataFailure(failure('data-refused', 'Say dateOrder.')).message).toBe('Say --date-order.');
});
