import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkWritable, makeFolder } from './make-folder.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-folder-'));
  await writeFile(join(folder, 'file'), '');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('makes a folder and those above it, also when it stands already', async () => {
  const deep = join(folder, 'a', 'b', 'c');
  await makeFolder(deep, '--out');
  await makeFolder(deep, '--out');
  expect(await readdir(join(folder, 'a', 'b'))).toEqual(['c']);
});

test('a folder below a file is refused', async () => {
  const below = join(folder, 'file', 'report');
  const refusals = await Promise.all(
    [makeFolder(below, '--out'), checkWritable(below, '--out')].map((made) => made.catch(String)),
  );
  expect(
    refusals.map((words) => /^Error: --out ".*" cannot be (made|written) \(ENOTDIR\)\./.test(words ?? '')),
  ).toEqual([true, true]);
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a folder below /proc is refused, where the recursive mkdir of Node never ends', async () => {
  await expect(makeFolder('/proc/nowhere/report', '--out')).rejects.toThrow(
    '--out "/proc/nowhere/report" cannot be made (ENOENT).',
  );
});
