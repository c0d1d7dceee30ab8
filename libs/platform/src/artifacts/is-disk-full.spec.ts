import { expect, test } from '@jest/globals';
import { isDiskFull } from './is-disk-full.js';

test.each([
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), true],
  [Object.assign(new Error('could not extend file'), { code: '53100' }), true],
  [Object.assign(new Error('full'), { name: 'XMinioStorageFull' }), true],
  [new Error('Ingest of a.csv failed: IO Error: Could not write file: No space left on device'), true],
  [Object.assign(new Error('open'), { code: 'EACCES' }), false],
  ['No space left on device', false],
])('%s: that the disk is full is %s', (error, expected) => {
  expect(isDiskFull(error)).toBe(expected);
});
