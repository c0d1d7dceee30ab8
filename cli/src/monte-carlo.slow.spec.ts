import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MonteCarloReport } from '@quarry/contracts';
import { Shell } from './testing/run-quarry.js';
import { files, strategies } from './testing/strategies.js';

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-carlo-'));
  shell = new Shell(folder, join(folder, 'home'));
  await writeFile(join(folder, 'cross.ts'), strategies.cross);
  await writeFile(join(folder, 'good.csv'), files['good.csv']);
  const run = ['backtest', 'cross.ts', '--data', 'good.csv', '--param', 'fast=3', '--param', 'slow=8'];
  await shell.quarry(...run, '--commission', '2bp', '--out', 'run');
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const strategy = ['cross.ts', '--data', 'good.csv', '--param', 'fast=3', '--param', 'slow=8', '--commission', '2bp'];

async function told(...args: readonly string[]): Promise<MonteCarloReport> {
  const { code, stdout, stderr } = await shell.quarry('monte-carlo', ...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return MonteCarloReport.parse(JSON.parse(stdout));
}

describe('quarry monte-carlo', () => {
  test('over a report says what it says over the strategy, and of a shuffle nothing that it cannot change', async () => {
    const method = ['--method', 'trade-shuffle', '--paths', '2000'];
    const overReport = await told('run', ...method);
    const overStrategy = await told(...strategy, ...method);
    expect(overReport.paths).toEqual(overStrategy.paths);
    expect(Object.keys(overReport.paths ?? {}).sort()).toEqual([
      'bands',
      'goal',
      'longestDrawdown',
      'maxDrawdown',
      'ruin',
    ]);
    expect(overReport.cannotChange).toContain('sharpe');
  }, 180_000);

  test('runs the strategy anew on synthetic bars: as many runs, the same ones on one lane and on two', async () => {
    const method = ['--method', 'synthetic-blocks', '--paths', '20'];
    const one = await told(...strategy, ...method, '--lanes', '1');
    const two = await told(...strategy, ...method, '--lanes', '2');
    expect(two.runs).toEqual(one.runs);
    expect(one.runs?.failed).toBe(0);
    expect(one.runs?.figures.find(({ id }) => id === 'sharpe')?.spread.deviation).toBeGreaterThan(0.01);
  }, 180_000);

  test('stresses costs: the dearer, the less is left, and at once the costs stands the run itself', async () => {
    const { levels } = await told(...strategy, '--method', 'stress-costs', '--levels', '0,1,4');
    const report = JSON.parse(await readFile(join(folder, 'run', 'report.json'), 'utf8')) as {
      metrics: { id: string; value: number }[];
    };
    const total = (levels ?? []).map(({ figures }) => Number(figures?.['totalReturn']));
    expect(total[1]).toBe(report.metrics.find(({ id }) => id === 'totalReturn')?.value);
    expect(total[0]).toBeGreaterThan(total[1]!);
    expect(total[1]).toBeGreaterThan(total[2]!);
  }, 180_000);

  test('draws the fan on a page of its own', async () => {
    const args = ['run', '--method', 'stationary', '--paths', '500', '--out', 'fan'];
    const { code, stdout } = await shell.quarry('monte-carlo', ...args);
    expect([code, stdout]).toEqual([0, expect.stringContaining('It supposes') as unknown]);
    expect(await readFile(join(folder, 'fan', 'report.html'), 'utf8')).toContain('id="chart-fan"');
  }, 180_000);

  test.each([
    [['run', '--method', 'synthetic-gbm'], "a report's folder does not hold it. Name the strategy and --data."],
    [['cross.ts', '--method', 'stationary'], '"cross.ts" holds no report.json.'],
    [['cross.ts', '--data', 'good.csv', '--method', 'stress-costs'], 'The run has no costs'],
    [['run', '--method', 'magic'], '--method "magic" is unknown. Choose trade-shuffle'],
  ])(
    '%j is refused in words',
    async (args, words) => {
      const { code, stdout, stderr } = await shell.quarry('monte-carlo', ...args);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(words);
    },
    30_000,
  );
});
