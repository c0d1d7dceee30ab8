import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Report } from '@quarry/contracts';
import { Shell } from './testing/run-quarry.js';
import { files, strategies } from './testing/strategies.js';

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-cli-'));
  shell = new Shell(folder, join(folder, 'home'));
  const written = {
    ...files,
    ...Object.fromEntries(Object.entries(strategies).map(([name, text]) => [`${name}.ts`, text])),
  };
  await Promise.all(Object.entries(written).map(([name, text]) => writeFile(join(folder, name), text)));
  await mkdir(join(folder, 'two'));
  await mkdir(join(folder, 'none'));
  await writeFile(join(folder, 'two', 'a.ts'), strategies.idle);
  await writeFile(join(folder, 'two', 'b.ts'), strategies.idle);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Timing is the one thing that two equal runs may differ in. */
function withoutTiming(text: string): unknown {
  const report = Report.parse(JSON.parse(text));
  return { ...report, environment: { ...report.environment, milliseconds: 0 } };
}

describe('quarry backtest', () => {
  test('prints the same report twice in a row, to the last bit', async () => {
    const args = ['backtest', 'cross.ts', '--data', 'good.csv', '--commission', '2bp'];
    const first = await shell.quarry(...args);
    const second = await shell.quarry(...args);
    expect([first.code, first.stderr, first.stdout]).toEqual([0, '', second.stdout]);
  }, 60_000);

  test('prints one JSON object that is a report, and nothing else, on stdout', async () => {
    const args = ['backtest', 'cross.ts', '--data', 'good.csv', '--param', 'fast=5', '--seed', '7', '--json'];
    const [first, second] = [await shell.quarry(...args), await shell.quarry(...args)];
    expect(withoutTiming(first.stdout)).toEqual(withoutTiming(second.stdout));
    expect(Report.parse(JSON.parse(first.stdout))).toMatchObject({
      failure: null,
      manifest: { params: { fast: 5, slow: 30 }, settings: { seed: 7 } },
    });
  }, 60_000);

  test('trades several symbols in one account, the same orders each time', async () => {
    const ranking = join(import.meta.dirname, '..', '..', 'strategies', 'momentum-ranking');
    const args = [
      'backtest',
      ranking,
      '--data',
      'stocks',
      '--symbols',
      'S30,S01,S08,S14',
      '--param',
      'held=2',
      '--json',
    ];
    const [first, second] = [await shell.quarry(...args), await shell.quarry(...args)];
    const report = Report.parse(JSON.parse(first.stdout));
    const symbols = ['S01', 'S08', 'S14', 'S30'];
    expect(withoutTiming(first.stdout)).toEqual(withoutTiming(second.stdout));
    expect([report.failure, report.manifest?.data[0]?.symbols]).toEqual([null, symbols]);
    expect(report.symbols.map(({ symbol }) => symbol)).toEqual(symbols);
    expect(new Set(report.trades.map(({ symbol }) => symbol)).size).toBeGreaterThan(2);
  }, 120_000);

  test('writes report, page and tables into --out, and a later run replaces them', async () => {
    const out = join(folder, 'report');
    const args = ['backtest', 'cross.ts', '--data', 'good.csv', '--out', out];
    await shell.quarry(...args);
    const { code, stdout } = await shell.quarry(...args, '--json');
    const names = (await readdir(out)).sort();
    expect(code).toBe(0);
    expect(names).toEqual([
      'chart.arrow',
      'chart.json',
      'equity.csv',
      'equity.parquet',
      'fills.parquet',
      'orders.parquet',
      'report.html',
      'report.json',
      'trades.csv',
      'trades.parquet',
    ]);
    expect(withoutTiming(await readFile(join(out, 'report.json'), 'utf8'))).toEqual(withoutTiming(stdout));
    expect((await readdir(folder)).filter((name) => name.startsWith('.report'))).toEqual([]);
  }, 60_000);

  test('a failing strategy leaves the earlier report as it was, and no new folder', async () => {
    const { code, stderr } = await shell.quarry(
      'backtest',
      'throws.ts',
      '--data',
      'good.csv',
      '--out',
      'failed-report',
    );
    expect([code, stderr.includes('Nothing was written to failed-report.')]).toEqual([1, true]);
    expect((await readdir(folder)).filter((name) => name.includes('failed-report'))).toEqual([]);
  }, 60_000);

  test('a failing strategy is shown with file, line, column, its code and its log', async () => {
    const { code, stdout, stderr } = await shell.quarry('backtest', 'throws.ts', '--data', 'good.csv');
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      [
        '2019-01-01  bar 0  throws.ts:6',
        '2019-01-02  bar 1  throws.ts:6',
        '2019-01-03  bar 2  throws.ts:6',
        'The strategy threw an error. (threw)',
        'RangeError: bar two is cursed',
        '  throws.ts:7:28',
        '      5 |   next({ index }) {',
        "      6 |     console.log('bar', index);",
        "    > 7 |     if (index === 2) throw new RangeError('bar two is cursed');",
        '        |                            ^',
        '      8 |   },',
        '      9 | });',
        '',
      ].join('\n'),
    ]);
  }, 60_000);

  test('a failed run with --json still is a report, with its failure in it', async () => {
    const { code, stdout } = await shell.quarry('backtest', 'throws.ts', '--data', 'good.csv', '--json');
    expect([code, Report.parse(JSON.parse(stdout)).failure]).toEqual([
      1,
      {
        code: 'threw',
        message: 'RangeError: bar two is cursed',
        position: { file: 'throws.ts', line: 7, column: 28 },
        diagnostics: [],
      },
    ]);
  }, 60_000);

  test('a bar that was refused is told before the report', async () => {
    const { code, stderr } = await shell.quarry('backtest', 'idle.ts', '--data', 'nan.csv');
    expect([code, stderr]).toEqual([0, 'nan: 1 of 4 rows were refused, the first in row 3: has no close\n']);
  }, 60_000);
});

describe('what a person gets wrong is one sentence, a documented code, and no trace of ours', () => {
  const good = ['--data', 'good.csv'];
  test.each<[string, string[], number, string]>([
    ['no data named', ['backtest', 'cross.ts'], 2, "Required option '--data <name|path>' not specified."],
    [
      'an option mistyped',
      ['backtest', 'cross.ts', ...good, '--frm', 'x'],
      2,
      "Unknown option '--frm' (Did you mean --from?)",
    ],
    ['a command mistyped', ['bactest'], 2, "Unknown command 'bactest' (Did you mean backtest?)"],
    [
      'an unknown parameter',
      ['backtest', 'cross.ts', ...good, '--param', 'quick=3'],
      2,
      'There is no parameter "quick". The strategy declares: fast, slow.',
    ],
    [
      'a parameter out of range',
      ['backtest', 'cross.ts', ...good, '--param', 'fast=1000'],
      2,
      'Parameter "fast" is 1000; it must be from 2 to 100.',
    ],
    [
      'a parameter of the wrong type',
      ['backtest', 'cross.ts', ...good, '--param', 'fast=ten'],
      2,
      'Parameter "fast" is "ten"; it must be a whole number.',
    ],
    [
      'a parameter without a value',
      ['backtest', 'cross.ts', ...good, '--param', 'fast'],
      2,
      '--param "fast" has no value. Write it like --param fast=10.',
    ],
    ['a missing strategy', ['backtest', 'nowhere.ts', ...good], 2, 'There is no file or folder "nowhere.ts".'],
    ['a folder without a strategy', ['backtest', 'none', ...good], 2, 'The folder "none" holds no strategy'],
    ['a folder with two', ['backtest', 'two', ...good], 2, 'Which file of "two" is the strategy? Name the file'],
    ['a strategy that is no TypeScript', ['backtest', 'good.csv', ...good], 2, '"good.csv" is not a TypeScript file'],
    [
      'an unknown dataset',
      ['backtest', 'cross.ts', '--data', 'sp501'],
      2,
      'There is no dataset, folder or file "sp501". Known datasets: dividends, minutes, sp500, stocks.',
    ],
    [
      'a missing file',
      ['backtest', 'cross.ts', '--data', 'gone.csv'],
      2,
      'There is no dataset, folder or file "gone.csv".',
    ],
    ['an empty file', ['backtest', 'cross.ts', '--data', 'empty.csv'], 3, 'empty.csv is empty'],
    [
      'a file with a header only',
      ['backtest', 'cross.ts', '--data', 'header-only.csv'],
      3,
      'header-only.csv has a header but no row of data.',
    ],
    [
      'a missing column',
      ['backtest', 'cross.ts', '--data', 'no-close.csv'],
      3,
      'Say which is which, such as --column close=open. Such options are those of quarry data ingest: run it first.',
    ],
    ['a file that is no table', ['backtest', 'cross.ts', '--data', 'words.txt'], 3, 'words.txt is no table'],
    [
      'dates after all bars',
      ['backtest', 'cross.ts', ...good, '--from', '2030-01-01'],
      2,
      '--from 2030-01-01 is after all bars. Dataset good has bars from 2019-01-01 to 2019-10-27 (UTC).',
    ],
    [
      'dates before all bars',
      ['backtest', 'cross.ts', ...good, '--to', '1999-01-01'],
      2,
      '--to 1999-01-01 is before all bars.',
    ],
    [
      'a range that ends before it begins',
      ['backtest', 'cross.ts', ...good, '--from', '2019-05-01', '--to', '2019-04-01'],
      2,
      '--from 2019-05-01 is after --to 2019-04-01.',
    ],
    [
      'a date that is none',
      ['backtest', 'cross.ts', ...good, '--from', '2019-02-30'],
      2,
      '--from "2019-02-30" is not in the calendar.',
    ],
    [
      'an unknown symbol',
      ['backtest', 'cross.ts', ...good, '--symbol', 'AAPL'],
      2,
      '--symbol "AAPL" is not in dataset good. It has GOOD.',
    ],
    [
      'cash that is no number',
      ['backtest', 'cross.ts', ...good, '--cash', 'lots'],
      2,
      '--cash "lots" is not a number.',
    ],
    ['cash below zero', ['backtest', 'cross.ts', ...good, '--cash=-5'], 2, '--cash -5 is out of range'],
    [
      'a commission that is none',
      ['backtest', 'cross.ts', ...good, '--commission', 'cheap'],
      2,
      '--commission "cheap" is unknown. Write 2bp',
    ],
    [
      'an unknown profile',
      ['backtest', 'cross.ts', ...good, '--profile', 'v2'],
      2,
      '--profile "v2" is unknown. Choose v1, btpy, qs or emp.',
    ],
    [
      'a folder of other things for --out',
      ['backtest', 'cross.ts', ...good, '--out', 'two'],
      2,
      '--out "two" holds "a.ts", which is no part of a report.',
    ],
    ['a type error', ['backtest', 'mistyped.ts', ...good], 1, "'sise' does not exist in type 'OrderRequest'"],
    ['an import of fs', ['backtest', 'reader.ts', ...good], 1, 'A strategy cannot import "fs"'],
    [
      'a strategy that never ends',
      ['backtest', 'endless.ts', ...good, '--timeout', '1s'],
      1,
      'The strategy ran longer than its limit of 1 s.',
    ],
    ['a file that is not there to ingest', ['data', 'ingest', 'gone.csv'], 2, 'There is no file "gone.csv".'],
    ['an unknown zone', ['data', 'ingest', 'good.csv', '--timezone', 'Mars'], 2, '--timezone "Mars" is unknown.'],
    [
      'a weekend without bars',
      ['backtest', 'cross.ts', '--data', 'one-bar.csv', '--from', '2020-01-03', '--to', '2020-01-03'],
      2,
      'There are no bars between 2020-01-03 and 2020-01-03. The series runs from 2020-01-02 to 2020-01-02, UTC.',
    ],
    ['no name for --out', ['backtest', 'cross.ts', ...good, '--out', ''], 2, '--out "" names no folder.'],
    ['wrong usage with --json', ['backtest', 'cross.ts', '--data', 'gone.csv', '--json'], 2, 'There is no dataset'],
    [
      'an unknown parameter with --json',
      ['backtest', 'cross.ts', ...good, '--param', 'quick=3', '--json'],
      2,
      'There is no parameter "quick".',
    ],
    ['a strategy to check that is not there', ['check', 'gone.ts', '--json'], 2, 'There is no file or folder'],
    ['a dataset to show that is not there', ['data', 'show', 'gone', '--json'], 2, 'There is no dataset'],
    ['a folder to ingest', ['data', 'ingest', 'two'], 2, '"two" is a folder.'],
    ['a bar length that is none', ['data', 'ingest', 'good.csv', '--interval', '1q'], 2, '"1q" is no bar length.'],
    ['an empty notebook', ['notebook', 'run', 'empty.csv'], 2, '"empty.csv" has no cells'],
    ['a missing notebook', ['notebook', 'run', 'gone.ts'], 2, 'There is no file "gone.ts".'],
  ])(
    '%s',
    async (_, args, code, sentence) => {
      const ended = await shell.quarry(...args);
      expect([ended.code, ended.stdout]).toEqual([code, '']);
      expect(ended.stderr).toContain(sentence);
      expect(ended.stderr).not.toMatch(/\n\s+at |node:internal|\.js:\d+/);
    },
    30_000,
  );

  test.each<[string, string[], string]>([
    ['one bar', ['idle.ts', '--data', 'one-bar.csv'], '1 bar of 1d'],
    ['no trade at all', ['idle.ts', '--data', 'good.csv'], 'No trade was made: every figure describes idle cash.'],
    [
      'the loss of everything',
      ['gambler.ts', '--data', 'crash.csv', '--leverage', '10'],
      'The account was ruined on bar 2',
    ],
  ])(
    '%s is an honest report, not an error',
    async (_, args, sentence) => {
      const ended = await shell.quarry('backtest', ...args);
      expect([ended.code, ended.stderr]).toEqual([0, '']);
      expect(ended.stdout).toContain(sentence);
    },
    30_000,
  );
});
