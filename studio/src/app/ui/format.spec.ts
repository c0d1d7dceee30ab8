import { expect, test } from '@jest/globals';
import { ago, bytes, toneOf } from './format';

test('a moment is told by how long it has passed, and by its date after a day', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const moments = ['2026-11-21T11:59:30Z', '2026-11-21T11:55:00Z', '2026-11-21T09:10:00Z', '2026-11-19T09:10:00Z'];
  expect(moments.map((iso) => ago(iso, now))).toEqual(['just now', '5 min ago', '2 h ago', '2026-11-19']);
});

test('what is not a number is neither gain nor loss', () => {
  expect([toneOf(1), toneOf(-1), toneOf(0), toneOf('NaN'), toneOf('-Infinity')]).toEqual([
    'gain',
    'loss',
    'plain',
    'plain',
    'loss',
  ]);
});

test('sizes of files are short', () => {
  expect([bytes(950), bytes(12_345), bytes(3_456_789)]).toEqual(['950 B', '12 kB', '3.5 MB']);
});
