import { expect, test } from '@jest/globals';
import { SourcePath } from './source.js';

test.each(['a.ts', 'sub/my-idea 2.ts', 'ü.ts', 'u\u0308ber/стратегия.ts', '戦略.ts', '2024.ts', 'a..b.ts'])(
  '"%s" can be a file of a strategy',
  (path) => {
    expect(SourcePath.safeParse(path).success).toBe(true);
  },
);

test.each([
  '../a.ts',
  'a/../b.ts',
  './a.ts',
  '/a.ts',
  'C:\\a.ts',
  'a\\b.ts',
  'a\n.ts',
  'a\0.ts',
  'ü\u202e.ts',
  '.a.ts',
  'a.js',
  '.ts',
  '',
])('"%s" cannot', (path) => {
  expect(SourcePath.safeParse(path).success).toBe(false);
});
