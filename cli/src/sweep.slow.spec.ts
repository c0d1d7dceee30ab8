import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Report, SweepReport } from '@quarry/contracts';
import { Shell } from './testing/run-quarry.js';
import { files, strategies } from './testing/strategies.js';

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-sweep-'));
  shell = new Shell(folder, join(folder, 'home'));
  await writeFile(join(folder, 'cross.ts'), strategies.cross);
  await writeFile(
    join(folder, 'throws.ts'),
    strategies.throws
      .replace('params: {}', 'params: { n: int(1, { min: 1, max: 2 }) }')
      .replace('defineStrategy }', 'defineStrategy, int }'),
  );
  await writeFile(join(folder, 'good.csv'), files['good.csv']);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const cross = ['sweep', 'cross.ts', '--data', 'good.csv', '--constraint', 'fast < slow'];

async function swept(...args: readonly string[]): Promise<SweepReport> {
  const { code, stdout, stderr } = await shell.quarry(...cross, '--json', ...args);
  expect([code, stderr]).toEqual([0, '']);
  return SweepReport.parse(JSON.parse(stdout));
}

describe('quarry sweep', () => {
  test('prints the best trials, and never without what luck explains of them', async () => {
    const grid = ['--param', 'fast=4:12:4', '--param', 'slow=10..40', '--trials', '200', '--out', 'report'];
    const { code, stdout } = await shell.quarry(...cross, ...grid);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Best trials\n.*\n +1 {2}fast=\d+ slow=\d+ /);
    expect(stdout).toMatch(/DSR: true ratio above what luck was expected to show +[\d.]+\n/);
    expect((await readdir(join(folder, 'report'))).sort()).toEqual(['report.html', 'report.json', 'trials.parquet']);
    const page = await readFile(join(folder, 'report', 'report.html'), 'utf8');
    expect(page).toContain('chart-heatmap-0');
    expect(page).not.toMatch(/(src|href)="http/);
  }, 180_000);

  test('that learns comes to the same report on one lane and on two', async () => {
    const learn = ['--method', 'tpe', '--trials', '48', '--seed', '3', '--objective', 'totalReturn'];
    const one = await swept(...learn, '--lanes', '1');
    const two = await swept(...learn, '--lanes', '2');
    expect({ ...two, environment: null }).toEqual({ ...one, environment: null });
    expect(one.trialCount).toBe(48);
  }, 180_000);

  test('is deflated by all trials of its family, those of a backtest and of an earlier sweep too, each once', async () => {
    const count = ['--family', 'counted'];
    const run = ['backtest', 'cross.ts', '--data', 'good.csv', '--json', ...count];
    const first = Report.parse(JSON.parse((await shell.quarry(...run, '--param', 'fast=90')).stdout));
    expect(first.ledger).toEqual({ family: 'counted', trials: 1 });
    const sweep = await swept('--param', 'fast=4:12:4', '--param', 'slow=20', ...count);
    expect(sweep.luck).toMatchObject({ family: 'counted', trials: 4 });
    const again = Report.parse(
      JSON.parse((await shell.quarry(...run, '--param', 'fast=8', '--param', 'slow=20')).stdout),
    );
    expect(again.ledger).toEqual({ family: 'counted', trials: 4 });
    const best = sweep.trials.find(({ params }) => params['fast'] === 8);
    expect(again.metrics.find(({ id }) => id === 'sharpe')?.value).toBe(best?.sharpe);
  }, 180_000);

  test('of a strategy whose every trial throws says where, and fails', async () => {
    const { code, stdout, stderr } = await shell.quarry('sweep', 'throws.ts', '--data', 'good.csv');
    expect([code, stdout.includes('No trial has a Sharpe ratio')]).toEqual([1, true]);
    expect(stderr).toContain('RangeError: bar two is cursed');
  }, 180_000);

  test.each([
    [['--param', 'fast=50:5'], '"fast" is to go from 50 to 5. Swap them.'],
    [['--param', 'quick=5..9'], 'There is no parameter "quick". The strategy declares: fast, slow.'],
    [['--method', 'grid', '--trials', '10'], 'at most 10 are allowed. Take larger steps'],
    [['--minimize', '--maximize'], '--maximize and --minimize are both given. Keep one.'],
  ])(
    '%j is refused in words',
    async (args, words) => {
      const { code, stdout, stderr } = await shell.quarry(...cross, ...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(words);
    },
    30_000,
  );
});
