import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CheckReport, DatasetInfo, NotebookReport, Report } from '@quarry/contracts';
import { Shell } from './testing/run-quarry.js';
import { files, strategies } from './testing/strategies.js';

let folder: string;
let shell: Shell;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-data-'));
  shell = new Shell(folder, join(folder, 'home'));
  await writeFile(join(folder, 'cross.ts'), strategies.cross);
  await writeFile(join(folder, 'idle.ts'), strategies.idle);
  await writeFile(join(folder, 'good.csv.gz'), gzipSync(files['good.csv']));
  await writeFile(join(folder, 'nan.csv'), files['nan.csv']);
  await writeFile(join(folder, 'last.csv'), files['good.csv'].replace('close', 'Last'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('quarry data', () => {
  test('ingests a file once under a name, lists it, shows it and runs over it', async () => {
    const ingested = await shell.quarry(
      'data',
      'ingest',
      'good.csv.gz',
      '--symbol',
      'ABC',
      '--source',
      'a test',
      '--json',
    );
    const info = DatasetInfo.parse(JSON.parse(ingested.stdout));
    expect(info).toMatchObject({
      name: 'good',
      source: 'a test',
      series: [{ symbol: 'ABC', interval: '1d', rows: 300 }],
    });

    const again = await shell.quarry('data', 'ingest', 'good.csv.gz');
    expect([again.code, again.stderr]).toEqual([
      2,
      'There is a dataset "good" already. Give this one another --name.\n',
    ]);

    const listed = await shell.quarry('data', 'list');
    expect(listed.stdout).toMatch(/^good +1 +300 +2019-01-01 to 2019-10-27 +a test$/m);

    const shown = await shell.quarry('data', 'show', 'good', '--json');
    expect(DatasetInfo.parse(JSON.parse(shown.stdout))).toEqual(info);

    const exported = await shell.quarry('data', 'export', 'good', '--to', 'out.csv');
    const twice = await shell.quarry('data', 'export', 'good', '--to', 'out.csv');
    const back = await shell.quarry('data', 'ingest', 'out.csv', '--timezone', info.timezone, '--json');
    expect([exported.code, twice.stderr, DatasetInfo.parse(JSON.parse(back.stdout)).version]).toEqual([
      0,
      'There is a file "out.csv" already. Name another with --to.\n',
      info.version,
    ]);

    const run = await shell.quarry('backtest', 'idle.ts', '--data', 'good', '--symbol', 'ABC');
    expect([run.code, run.stdout.includes('ABC from good: 300 bars of 1d')]).toEqual([0, true]);
  }, 60_000);

  test('with a split and a dividend beside raw prices, a run carries them out, or takes prices adjusted for them', async () => {
    const row = (day: number, price: number) => `2024-01-0${day},${price},${price},${price},${price},1000`;
    const prices = [row(2, 400), row(3, 400), row(4, 440), row(5, 110), row(8, 110), row(9, 108.9)];
    await writeFile(join(folder, 'acts.csv'), ['date,open,high,low,close,volume', ...prices, ''].join('\n'));
    await writeFile(join(folder, 'acts.txt'), 'date,type,value\n2024-01-05,split,4\n2024-01-09,dividend,1.1\n');
    await writeFile(join(folder, 'gambler.ts'), strategies.gambler);
    const ingested = await shell.quarry('data', 'ingest', 'acts.csv', '--actions', 'acts.txt', '--json');
    expect(DatasetInfo.parse(JSON.parse(ingested.stdout)).prices).toBe('raw');

    const run = async (...more: string[]) => {
      const { stdout } = await shell.quarry('backtest', 'gambler.ts', '--data', 'acts', '--json', ...more);
      const { manifest, actions, metrics } = Report.parse(JSON.parse(stdout));
      const total = metrics.find(({ id }) => id === 'totalReturn')!.value;
      return [manifest?.data[0]?.adjustment, Number(total).toFixed(9), actions?.splits, actions?.dividendsReceived];
    };
    expect(await run()).toEqual(['raw', '0.100000000', 1, 1_100]);
    expect(await run('--prices', 'total-return')).toEqual(['total-return', '0.100000000', undefined, undefined]);
  }, 120_000);

  test('one that is damaged hides no other from the list, and can be removed', async () => {
    const damaged = join(folder, 'home', 'datasets', 'damaged');
    await mkdir(damaged, { recursive: true });
    await writeFile(join(damaged, 'dataset.json'), '{"schema":"quarry.dataset/1"}');
    const listed = await shell.quarry('data', 'list');
    expect([listed.code, /^sp500 /m.test(listed.stdout), listed.stderr]).toEqual([
      0,
      true,
      'Dataset "damaged" is damaged or of another version: its dataset.json cannot be read. quarry data remove "damaged" removes it.\n',
    ]);
    const removed = await shell.quarry('data', 'remove', 'damaged');
    const again = await shell.quarry('data', 'list');
    expect([removed.code, again.stderr]).toEqual([0, '']);
  }, 30_000);

  test.each([
    ['sp500', 'Dataset "sp500" comes with Quarry and cannot be removed.'],
    ['../datasets', 'There is no dataset "../datasets" to remove.'],
  ])('%s is never removed', async (name, sentence) => {
    const { code, stderr } = await shell.quarry('data', 'remove', name);
    expect([code, stderr.includes(sentence)]).toEqual([2, true]);
  });

  test('a header that is not known can be named', async () => {
    const { code, stdout } = await shell.quarry('data', 'ingest', 'last.csv', '--column', 'close=Last');
    expect([code, stdout.includes('300 of 300 rows kept')]).toEqual([0, true]);
  }, 30_000);

  test('refused rows are shown by number, with the reason', async () => {
    const { code, stdout } = await shell.quarry('data', 'ingest', 'nan.csv');
    expect([code, stdout.includes('3 of 4 rows kept'), stdout.includes('row 3: has no close')]).toEqual([
      0,
      true,
      true,
    ]);
  }, 30_000);

  test('a refused file leaves no dataset', async () => {
    await writeFile(join(folder, 'broken.csv'), files['no-close.csv']);
    const { code } = await shell.quarry('data', 'ingest', 'broken.csv');
    const names = await readdir(join(folder, 'home', 'datasets'));
    expect([code, names.filter((name) => name.includes('broken'))]).toEqual([3, []]);
  }, 30_000);
});

describe('quarry check', () => {
  test('lists the parameters that a strategy declares', async () => {
    const { code, stdout } = await shell.quarry('check', 'cross.ts');
    expect([code, stdout]).toEqual([
      0,
      [
        'Cross: no errors',
        '',
        'Parameter  Type  Default  Range     Meaning',
        'fast       int   10       2 to 100',
        'slow       int   30       5 to 400',
        '',
      ].join('\n'),
    ]);
  }, 30_000);

  test('prints a check report for machines', async () => {
    const { stdout } = await shell.quarry('check', 'cross.ts', '--json');
    expect(CheckReport.parse(JSON.parse(stdout))).toMatchObject({ name: 'Cross', failure: null });
  }, 30_000);
});

describe('quarry notebook run', () => {
  const notebook = `// %% [markdown]
// # Doubling

// %% Use
console.log('twice', base);
double(base)

// %% Make
const base = 21;
const double = (x: number) => 2 * x;
`;

  test('prints text, and of each cell what it wrote and gave', async () => {
    await writeFile(join(folder, 'notebook.ts'), notebook);
    const { code, stdout, stderr } = await shell.quarry('notebook', 'run', 'notebook.ts');
    expect([code, stderr, stdout]).toEqual([
      0,
      '',
      ['# Doubling', '', '[2]  Use  line 5', '  twice 21', '  = 42', '', '[3]  Make  line 9', ''].join('\n'),
    ]);
  }, 30_000);

  test('a failing cell ends with 1 and its place in the notebook', async () => {
    await writeFile(join(folder, 'failing.ts'), `${notebook}\n// %%\nthrow new Error('no');\n`);
    const { code, stdout, stderr } = await shell.quarry('notebook', 'run', 'failing.ts', '--json');
    const { failure } = NotebookReport.parse(JSON.parse(stdout));
    expect([code, failure?.position, stderr.includes('failing.ts:13:7')]).toEqual([
      1,
      { file: 'failing.ts', line: 13, column: 7 },
      true,
    ]);
  }, 30_000);
});
