import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readStrategyFolder } from './read-strategy-folder.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'quarry-strategies-'));
  const files = {
    'cross/strategy.ts': `import './signals.js';`,
    'cross/signals.ts': 'export {};',
    'cross/strategy.spec.ts': 'test',
    'cross/types.d.ts': 'declare const x: 1;',
    'cross/notes.md': '#',
    'cross/lib/more.ts': 'export {};',
    'single/anything.ts': 'export default 1;',
    'two/a.ts': `import { b } from './b';\nexport default b;`,
    'two/b.ts': 'export const b = 1;',
    'two/c.ts': 'export default 2;',
    'empty/readme.txt': '',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
});
afterAll(() => rmSync(root, { recursive: true }));

test('a folder is read with all its files but specs and declarations, its entry by the usual name', async () => {
  const source = await readStrategyFolder(join(root, 'cross'));
  expect([source.entry, Object.keys(source.files).sort()]).toEqual([
    'strategy.ts',
    ['lib/more.ts', 'signals.ts', 'strategy.ts'],
  ]);
});

test("a folder's only file is its entry", async () => {
  expect((await readStrategyFolder(join(root, 'single'))).entry).toBe('anything.ts');
});

test('a file takes along what it imports, and nothing else of its folder', async () => {
  const source = await readStrategyFolder(join(root, 'two/a.ts'));
  expect([source.entry, Object.keys(source.files)]).toEqual(['a.ts', ['a.ts', 'b.ts']]);
});

test.each([
  ['two', /Which file of/],
  ['empty', /holds no strategy/],
  ['nowhere', /There is no file or folder/],
  ['empty/readme.txt', /ends in \.ts/],
])('%s is refused in words', async (name, words) => {
  await expect(readStrategyFolder(join(root, name))).rejects.toThrow(words);
});
