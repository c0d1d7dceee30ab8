import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CrossValidationReport } from '@quarry/contracts';
import { Shell } from './testing/run-quarry.js';
import { files, strategies } from './testing/strategies.js';

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-cross-'));
  shell = new Shell(folder, join(folder, 'home'));
  await writeFile(join(folder, 'cross.ts'), strategies.cross);
  await writeFile(join(folder, 'good.csv'), files['good.csv']);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const command = ['cross-validate', 'cross.ts', '--data', 'good.csv', '--constraint', 'fast < slow'];
const ranges = ['--param', 'fast=3:9:3', '--param', 'slow=12:36:12'];
const plan = ['--groups', '6', '--purge', '4', '--embargo', '2'];

describe('quarry cross-validate', () => {
  test('makes paths of tests that nobody trained on, one and two lanes alike, and writes what it prints', async () => {
    const [one, two] = [
      await shell.quarry(...command, ...ranges, ...plan, '--lanes', '1', '--json'),
      await shell.quarry(...command, ...ranges, ...plan, '--lanes', '2', '--out', 'paths'),
    ];
    expect([one.code, one.stderr, two.code]).toEqual([0, '', 0]);
    const report = CrossValidationReport.parse(JSON.parse(one.stdout));
    const written: unknown = JSON.parse(await readFile(join(folder, 'paths', 'report.json'), 'utf8'));
    expect({ ...CrossValidationReport.parse(written), environment: null }).toEqual({ ...report, environment: null });
    expect((await readdir(join(folder, 'paths'))).sort()).toEqual([
      ...['paths.parquet', 'report.html', 'report.json', 'splits.parquet'],
    ]);
    const { splits, paths, ledger, trials } = report;
    expect([splits.length, paths.length, trials, ledger.trials]).toEqual([15, 5, 9, 9]);
    expect(paths.every((path) => path.splits.every((split, group) => splits[split]!.tests.includes(group)))).toBe(true);
    const printed = await shell.quarry('report', 'paths');
    expect([printed.code, printed.stdout]).toEqual([0, two.stdout]);
  }, 180_000);

  test.each([
    [['--method', 'tpe'], 'The method "tpe" chooses later trials by how earlier ones did on all of the data'],
    [['--patience', '3'], 'Search with grid, random or sobol, without patience.'],
    [['--groups', '4', '--test-groups', '4'], '--test-groups 4 of --groups 4 leaves nothing to train on.'],
  ])(
    '%j is refused in words',
    async (args, words) => {
      const { code, stderr } = await shell.quarry(...command, ...args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    },
    30_000,
  );
});
