import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WalkForwardReport } from '@quarry/contracts';
import { Shell } from './testing/run-quarry.js';
import { files, strategies } from './testing/strategies.js';

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-walk-'));
  shell = new Shell(folder, join(folder, 'home'));
  await writeFile(join(folder, 'cross.ts'), strategies.cross);
  await writeFile(
    join(folder, 'throws.ts'),
    strategies.throws
      .replace('params: {}', 'params: { n: int(5, { min: 4, max: 6 }) }')
      .replace('{ defineStrategy }', '{ defineStrategy, int }'),
  );
  await writeFile(join(folder, 'good.csv'), files['good.csv']);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const command = ['walk-forward', 'cross.ts', '--data', 'good.csv', '--constraint', 'fast < slow'];
const lengths = ['--train', '100', '--test', '40', '--param', 'fast=3:9:3', '--param', 'slow=12:36:12'];

async function walked(...args: readonly string[]): Promise<WalkForwardReport> {
  const { code, stdout, stderr } = await shell.quarry(...command, '--json', ...lengths, ...args);
  expect([code, stderr]).toEqual([0, '']);
  return WalkForwardReport.parse(JSON.parse(stdout));
}

describe('quarry walk-forward', () => {
  test('puts the tests together as one account, each after its own training, one and two lanes alike', async () => {
    const one = await walked('--purge', '3', '--embargo', '2', '--lanes', '1');
    const two = await walked('--purge', '3', '--embargo', '2', '--lanes', '2');
    expect({ ...two, environment: null }).toEqual({ ...one, environment: null });
    const day = 86_400e6;
    const { folds, stitched } = one;
    expect(folds.map(({ train, test: tested }) => (tested.from - train.to) / day)).toEqual(folds.map(() => 6));
    expect(folds.slice(1).map(({ test: tested }, i) => (tested.from - folds[i]!.test.to) / day)).toEqual(
      folds.slice(1).map(() => 1),
    );
    expect(stitched.returns).toBe(300 - 105);
    const grown = folds.reduce((product, fold) => product * (1 + Number(fold.outOfSample?.totalReturn)), 1);
    expect(stitched.curve.equity.at(-1)).toBeCloseTo(grown, 12);
  }, 180_000);

  test('chooses nothing by what comes later: folds are the same where the data end with them', async () => {
    const whole = await walked();
    const short = await walked('--to', '2019-06-29');
    expect(short.folds).toEqual(whole.folds.slice(0, short.folds.length));
    expect(short.folds.length).toBe(2);
  }, 180_000);

  test('prints folds and what is left, and writes a page', async () => {
    const { code, stdout } = await shell.quarry(...command, ...lengths, '--anchored', '--out', 'folds');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Walk-forward efficiency +-?[\d.]+ %/);
    const written = (await readdir(join(folder, 'folds'))).sort();
    expect(written).toEqual(['equity.parquet', 'folds.parquet', 'report.html', 'report.json']);
  }, 180_000);

  test('of a strategy whose every trial throws says how and where the first did', async () => {
    const { code, stderr } = await shell.quarry('walk-forward', 'throws.ts', '--data', 'good.csv');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/All 3 trials failed, the first with n=4: .*cursed[^]*throws\.ts:7/),
    ]);
  }, 180_000);

  test.each([
    [['--train', '2 fortnights'], '--train "2 fortnights" is no length. Write it like 500 (bars), 90d, 6mo or 2y.'],
    [['--train', '299', '--test', '10', '--purge', '1'], 'leave nothing of 300 to test on'],
    [['--objective', 'profitFactor'], 'A walk-forward cannot search for "profitFactor"'],
  ])(
    '%j is refused in words',
    async (args, words) => {
      const { code, stderr } = await shell.quarry(...command, ...args);
      expect(code).toBe(2);
      expect(stderr).toContain(words);
    },
    30_000,
  );
});
