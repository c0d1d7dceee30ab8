import { expect, test } from '@jest/globals';
import { byteRange } from './byte-range.js';

test.each([
  ['no header', undefined, null],
  ['the first bytes', 'bytes=0-9', { start: 0, end: 9 }],
  ['from a byte on', 'bytes=90-', { start: 90, end: 99 }],
  ['the last bytes', 'bytes=-10', { start: 90, end: 99 }],
  ['more than there is', 'bytes=50-1000', { start: 50, end: 99 }],
  ['a longer end than the file', 'bytes=-1000', { start: 0, end: 99 }],
  ['past the end', 'bytes=100-', 'unsatisfiable'],
  ['an empty end', 'bytes=-0', 'unsatisfiable'],
  ['backwards', 'bytes=9-0', null],
  ['several ranges', 'bytes=0-1,5-6', null],
  ['another unit', 'lines=0-1', null],
])('of 100 bytes, %s', (_, header, expected) => {
  expect(byteRange(header, 100)).toEqual(expected);
});
