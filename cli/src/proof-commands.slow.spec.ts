import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Critique, ProofReport, Reproduction, RunDiff, SuiteReport } from '@quarry/contracts';
import { Shell } from './testing/run-quarry.js';
import { files, strategies } from './testing/strategies.js';

const dated = `import { defineStrategy } from '@quarry/engine';
export default defineStrategy({
  name: 'Dated',
  next({ date, buy, close }) {
    if (date === 20190315) buy();
    else if (date === 20190601) close();
  },
});
`;
const suite = `import { defineSuite } from '@quarry/engine';
export default defineSuite({
  tests: {
    'a market that stands still': { data: { closes: Array(60).fill(10) }, expect: { trades: 0 } },
    'the recorded run': { data: { walk: { bars: 300, seed: 2 } }, recorded: true },
  },
});
`;

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-proofs-'));
  shell = new Shell(folder, join(folder, 'home'));
  await writeFile(join(folder, 'good.csv'), files['good.csv']);
  for (const [name, text] of [['cross', strategies.cross] as const, ['dated', dated] as const]) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'strategy.ts'), text);
  }
  await writeFile(join(folder, 'cross', 'cross.suite.ts'), suite);
  await shell.quarry('backtest', 'cross', '--data', 'good.csv', '--out', 'base');
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('quarry prove', () => {
  test('names the line of a decision that hangs on the year, and fails the gate', async () => {
    const { code, stdout } = await shell.quarry('prove', 'dated', '--data', 'good.csv', '--cuts', '1', '--json');
    const { findings, holds } = ProofReport.parse(JSON.parse(stdout));
    expect([code, holds, findings[0]?.method, findings[0]?.position?.line]).toEqual([5, false, 'dates', 5]);
  }, 120_000);
});

describe('quarry reproduce', () => {
  test('makes the same run again from its report alone', async () => {
    const { code, stdout } = await shell.quarry('reproduce', 'base');
    expect([code, stdout.slice(0, 9)]).toEqual([0, 'Identical']);
  }, 60_000);

  test('names the first order that another strategy gives', async () => {
    const { code, stdout } = await shell.quarry('reproduce', 'base', '--strategy', 'dated', '--json');
    const again = stdout === '' ? null : Reproduction.parse(JSON.parse(stdout));
    expect([code, again]).toEqual([2, null]);
    const lazy = strategies.cross.replace('buy();', 'buy({ fraction: 0.5 });');
    await writeFile(join(folder, 'lazy.ts'), lazy);
    const other = await shell.quarry('reproduce', 'base', '--strategy', 'lazy.ts', '--json');
    const { identical, changes, firstDifference } = Reproduction.parse(JSON.parse(other.stdout));
    expect([other.code, identical, changes.map(({ what }) => what), firstDifference?.of]).toEqual([
      5,
      false,
      ['strategy'],
      'order',
    ]);
  }, 120_000);
});

describe('quarry diff, compare and critic', () => {
  test('a planted regression fails the gate, which names it', async () => {
    await shell.quarry('backtest', 'cross', '--data', 'good.csv', '--commission', '1%', '--out', 'head');
    const { code, stdout } = await shell.quarry(
      'diff',
      'base',
      'head',
      '--fail-on',
      'totalReturn<-5%, trades',
      '--json',
    );
    const { broken, changes } = RunDiff.parse(JSON.parse(stdout));
    expect([code, broken[0]?.rule, changes[0]?.name]).toEqual([5, 'totalReturn<-5%', 'commission']);
    const side = await shell.quarry('compare', 'base', 'head');
    expect([side.code, side.stdout.includes('Correlation of returns')]).toEqual([0, true]);
  }, 120_000);

  test('a run without costs is doubted for it', async () => {
    const { code, stdout } = await shell.quarry('critic', 'base', '--fail-on', 'serious', '--json');
    const { findings } = Critique.parse(JSON.parse(stdout));
    expect([code, findings.some(({ id }) => id === 'no-costs')]).toEqual([5, true]);
  }, 60_000);
});

describe('quarry report', () => {
  test('prints a report again and writes its page, from report.json alone', async () => {
    const { code, stdout } = await shell.quarry('report', 'base', '--html', 'pages/base.html');
    const page = await readFile(join(folder, 'pages', 'base.html'), 'utf8');
    const written = await readFile(join(folder, 'base', 'report.html'), 'utf8');
    expect([code, stdout.slice(0, 5), page]).toEqual([0, 'Cross', written]);
  }, 60_000);
});

describe('quarry test', () => {
  test('fails while nothing is recorded, records, and then holds', async () => {
    const run = async (...flags: string[]) => {
      const { code, stdout } = await shell.quarry('test', 'cross', '--reporter', 'json', ...flags);
      const { passed, failed, updated } = SuiteReport.parse(JSON.parse(stdout));
      return [code, passed, failed, updated];
    };
    expect(await run()).toEqual([5, 1, 1, 0]);
    expect(await run('--update')).toEqual([0, 2, 0, 1]);
    expect(await run('--filter', 'recorded')).toEqual([0, 1, 0, 0]);
    expect(JSON.parse(await readFile(join(folder, 'cross', 'expected.json'), 'utf8'))).toHaveProperty([
      'the recorded run',
      'orderListHash',
    ]);
  }, 180_000);

  test('tells which lines its tests ran, and fails where they are too few', async () => {
    const asked = ['test', 'cross', '--filter', 'still', '--min-coverage', '90%', '--reporter', 'json'] as const;
    const { code, stdout, stderr } = await shell.quarry(...asked);
    const { coverage } = SuiteReport.parse(JSON.parse(stdout));
    expect([code, stderr]).toEqual([5, expect.stringContaining('The suites ran 50.00 % of the lines')]);
    // The export, init, and the two conditions; of the second, the order behind it was never come to.
    expect(coverage).toEqual([{ file: 'cross/strategy.ts', code: [3, 6, 8, 9], missed: [], partly: [8, 9] }]);
  }, 60_000);
});
