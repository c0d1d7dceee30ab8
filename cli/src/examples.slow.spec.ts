import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SuiteReport } from '@quarry/contracts';
import { Shell } from './testing/run-quarry.js';

const examples = fileURLToPath(new URL('../../strategies/', import.meta.url));

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-examples-'));
  shell = new Shell(folder, join(folder, 'home'));
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('each example does what was recorded of it, to the last order', async () => {
  const folders = (await readdir(examples, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const { code, stdout } = await shell.quarry('test', examples, '--reporter', 'json');
  const { tests, failed } = SuiteReport.parse(JSON.parse(stdout));
  expect(tests.filter(({ passed }) => !passed).map(({ test, faults }) => [test, faults])).toEqual([]);
  expect([code, failed, new Set(tests.map(({ suite }) => suite)).size]).toEqual([0, 0, folders.length]);
}, 600_000);

test('an example that was changed fails the gate, which names the first trade that differs', async () => {
  const changed = join(folder, 'changed');
  await cp(join(examples, 'sma-cross'), changed, { recursive: true });
  const source = await readFile(join(changed, 'strategy.ts'), 'utf8');
  await writeFile(join(changed, 'strategy.ts'), source.replace('fast: int(10,', 'fast: int(11,'));
  const { code, stdout } = await shell.quarry('test', 'changed', '--filter', 'recorded');
  expect([code, stdout]).toEqual([
    5,
    expect.stringMatching(/^✗ .*what was recorded[\s\S]* trade 1:\s+- .* SPX from .*\s+\+ .* SPX from /),
  ]);
}, 120_000);
