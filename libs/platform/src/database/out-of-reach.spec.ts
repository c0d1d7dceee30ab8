import { expect, test } from '@jest/globals';
import { isOutOfReach } from './out-of-reach.js';

const coded = (code: string): Error => Object.assign(new Error(code), { code });

test('a store is away where its name, its host or its network is, where it goes down or comes up, and where a lock was waited for too long', () => {
  const away = ['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', '08006', '57P01', '55P03', '40P01'];
  expect(away.filter((code) => !isOutOfReach(coded(code)))).toEqual([]);
  expect(isOutOfReach(new AggregateError([coded('ECONNREFUSED')]))).toBe(true);
  expect(isOutOfReach(new Error('Connection terminated unexpectedly'))).toBe(true);
});

test('a store that refuses what it was asked is not away', () => {
  const refused = [coded('23505'), coded('42501'), coded('ENOSPC'), new Error('no'), null, 'ECONNREFUSED'];
  expect(refused.filter(isOutOfReach)).toEqual([]);
});
