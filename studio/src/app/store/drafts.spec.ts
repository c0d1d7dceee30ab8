import { expect, test } from '@jest/globals';
import { sameFiles } from './drafts';

test('files are the same where the same paths hold the same text', () => {
  expect([
    sameFiles({ 'a.ts': '1', 'b.ts': '2' }, { 'b.ts': '2', 'a.ts': '1' }),
    sameFiles({ 'a.ts': '1' }, { 'a.ts': '2' }),
    sameFiles({ 'a.ts': '1' }, { 'a.ts': '1', 'b.ts': '2' }),
    sameFiles({ 'a.ts': '1' }, { 'b.ts': '1' }),
  ]).toEqual([true, false, false, false]);
});
