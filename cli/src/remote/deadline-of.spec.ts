import { expect, test } from '@jest/globals';
import { deadlineOf } from './deadline-of.js';

const now = new Date('2026-12-01T12:00:00Z');

test.each([
  ['90m', '2026-12-01T13:30:00.000Z'],
  ['2h', '2026-12-01T14:00:00.000Z'],
  ['2026-12-01T18:00+02:00', '2026-12-01T16:00:00.000Z'],
])('--deadline %s is %s', (text, moment) => {
  expect(deadlineOf(text, now).toISOString()).toBe(moment);
});

test.each([
  ['soon', 'is no time. Write how long from now'],
  ['2026-12-01', 'is no time'],
  ['2026-13-01T00:00Z', 'is no time'],
  ['2026-12-01T11:59Z', 'has passed already'],
])('--deadline %s is refused with a sentence', (text, words) => {
  expect(() => deadlineOf(text, now)).toThrow(words);
});
