import { expect, test } from '@jest/globals';
import { errorCodes } from '@quarry/contracts';
import { DomainError } from './domain-error.js';
import { asDomainError, problemOf } from './problem.js';

test('every code of the closed list has its status and title', () => {
  const problems = errorCodes.map((code) => problemOf(new DomainError(code, 'why')));
  expect(problems.filter(({ status, title }) => status >= 400 && title !== '').length).toBe(errorCodes.length);
});

test.each([
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'unavailable'],
  [Object.assign(new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })])), 'unavailable'],
  [Object.assign(new Error('the database system is shutting down'), { code: '57P01' }), 'unavailable'],
  [Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' }), 'unavailable'],
  [new Error('Connection terminated unexpectedly'), 'unavailable'],
  [Object.assign(new Error('entity too large'), { status: 413 }), 'too-large'],
  [Object.assign(new Error('duplicate key'), { code: '23505' }), 'internal'],
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), 'disk-full'],
  [new Error('secret detail'), 'internal'],
  ['a thrown text', 'internal'],
])('%s is told as %s', (error, code) => {
  expect(asDomainError(error).code).toBe(code);
});

test('what nobody foresaw says nothing about itself', () => {
  expect(problemOf(asDomainError(new Error('secret detail'))).detail).not.toContain('secret');
});
