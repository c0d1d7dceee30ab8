import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Failure } from '@quarry/contracts';
import { tableFromIPC } from 'apache-arrow';
import type { LocalDataset, QueryAnswer, RunHooks, RunLimits } from '../../runner.js';
import { launchPlans } from '../../sandbox/wall.js';
import { ingestFile } from '../ingest/ingest-file.js';
import { runQuery } from './run-query.js';

const limits: RunLimits = { wallMs: 20_000, memoryMb: 512, resultBytes: 4_194_304 };
const wall = launchPlans('full')[0]!.wall;
const canary = 'canary-7f3a';

let folder: string;
let dataset: LocalDataset;
let answerFile: string;
let server: Server;
let visits = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-query-'));
  answerFile = join(folder, 'answer.arrow');
  const bars = ['A', "B'; DROP VIEW bars; --"].flatMap((symbol) =>
    [1, 2, 3].map((day) => `2020-01-0${day},"${symbol}",${day},${day + 1},${day},${day + 0.5},100`),
  );
  const file = join(folder, 'bars.csv');
  await writeFile(file, ['date,symbol,open,high,low,close,volume', ...bars, ''].join('\n'));
  await writeFile(join(folder, 'secret.csv'), `a,b\n${canary},1\n`);
  const read = await ingestFile(file, { name: 'bars' }, join(folder, 'dataset'));
  if ('code' in read) throw new Error(read.message);
  dataset = read;
  server = createServer((_, response) => {
    visits++;
    response.end('a,b\n1,2\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}, 60_000);

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

function ask(sql: string, more: Partial<RunLimits> & { rows?: number } = {}, hooks?: RunHooks) {
  const { rows = 1000, ...given } = more;
  return runQuery({ dataset, sql, rows, into: answerFile }, wall, { ...limits, ...given }, hooks);
}

async function rowsOf(sql: string): Promise<unknown[]> {
  const answer = await ask(sql);
  if ('code' in answer) throw new Error(answer.message);
  return tableFromIPC(await readFile(answerFile))
    .toArray()
    .map((row: { toJSON(): object }) => row.toJSON());
}

test('an answer comes as Arrow: numbers, times, truth values, text and what is missing', async () => {
  const [row] = await rowsOf(
    `SELECT symbol, count(*) AS n, sum(volume) AS volume, min(time) AS first, max(close) > 3 AS high, NULL AS nothing,
       1.25::DECIMAL(8, 3) AS exact, [1, 2] AS list FROM bars WHERE symbol = 'A' GROUP BY symbol`,
  );
  expect(row).toEqual({
    symbol: 'A',
    n: 3n,
    volume: 300,
    first: Date.UTC(2020, 0, 1),
    high: true,
    nothing: null,
    exact: 1.25,
    list: '[1, 2]',
  });
});

test('symbols are values, whatever they say', async () => {
  expect(await rowsOf('SELECT DISTINCT symbol, "interval" FROM bars ORDER BY symbol')).toEqual([
    { symbol: 'A', interval: '1d' },
    { symbol: "B'; DROP VIEW bars; --", interval: '1d' },
  ]);
});

test('an answer is cut at the rows that were asked for, and says so', async () => {
  const cut = await ask('SELECT range FROM range(5000)', { rows: 3000 });
  expect([cut, tableFromIPC(await readFile(answerFile)).numRows]).toEqual([
    { rows: 3000, columns: 1, cut: true },
    3000,
  ]);
  expect(await ask('SELECT 1 WHERE false')).toEqual({ rows: 0, columns: 1, cut: false });
});

describe('SAFETY bar 46: SQL reaches its dataset and nothing else', () => {
  const secret = (): string => join(folder, 'secret.csv');
  const inside = (): string => join(folder, 'dataset', 'x');
  const site = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.csv`;
  const probes: readonly (readonly [string, () => string])[] = [
    ['a file by its path', () => `SELECT * FROM '${secret()}'`],
    ['a file through read_csv', () => `SELECT * FROM read_csv('${secret()}')`],
    ['a file through read_text', () => `SELECT * FROM read_text('${secret()}')`],
    ['a file through read_blob', () => `SELECT * FROM read_blob('${secret()}')`],
    ['a file through read_json', () => `SELECT * FROM read_json('${secret()}')`],
    ['a file through sniff_csv', () => `SELECT * FROM sniff_csv('${secret()}')`],
    ['a file through a query in a query', () => `SELECT * FROM query('FROM read_text(''${secret()}'')')`],
    ['a file in a subquery', () => `SELECT (SELECT content FROM read_text('${secret()}'))`],
    ['a file of the system', () => `SELECT * FROM read_text('/etc/passwd')`],
    ['a way up from its own files', () => `SELECT * FROM read_text('/proc/self/fd/../environ')`],
    ['a way up from the dataset', () => `SELECT * FROM read_text('${join(folder, 'dataset')}/../secret.csv')`],
    ['a link', () => `SELECT * FROM read_text('/proc/self/root${secret()}')`],
    ['its environment', () => `SELECT * FROM read_blob('/proc/self/environ')`],
    ['its memory', () => `SELECT * FROM read_blob('/proc/self/mem')`],
    ['its order', () => `SELECT * FROM read_text('/proc/self/fd/0')`],
    ['its verdict', () => `SELECT * FROM read_text('/proc/self/fd/3')`],
    ['a list of files', () => `SELECT * FROM glob('${folder}/*')`],
    ['a pattern of files', () => `SELECT * FROM read_csv('${folder}/*.csv')`],
    ['another dataset', () => `SELECT * FROM read_parquet('${folder}/dataset/*.parquet')`],
    ['a variable of the environment', () => `SELECT getenv('PATH')`],
    ['a page', () => `SELECT * FROM '${site()}'`],
    ['a page through read_csv', () => `SELECT * FROM read_csv('${site()}')`],
    ['a bucket', () => `SELECT * FROM 's3://bucket/a.parquet'`],
    ['an extension to be installed', () => 'INSTALL httpfs'],
    ['an extension to be loaded', () => 'LOAD httpfs'],
    ['an extension from a page', () => `INSTALL spatial FROM '${site()}'`],
    ['a setting', () => 'SET enable_external_access = true'],
    ['a setting for all', () => 'SET GLOBAL lock_configuration = false'],
    ['a setting to be taken back', () => 'RESET allowed_paths'],
    ['a pragma that sets', () => 'PRAGMA threads = 8'],
    ['COPY TO a file', () => `COPY bars TO '${join(folder, 'out.csv')}'`],
    ['COPY TO the dataset folder', () => `COPY bars TO '${inside()}.csv'`],
    ['COPY TO its own file', () => `COPY bars TO '/proc/self/fd/4'`],
    ['COPY FROM a file', () => `COPY quarry_series FROM '${secret()}'`],
    ['ATTACH in a folder', () => `ATTACH '${join(folder, 'x.db')}'`],
    ['ATTACH in the dataset folder', () => `ATTACH '${inside()}.db'`],
    ['EXPORT', () => `EXPORT DATABASE '${join(folder, 'out')}'`],
    ['IMPORT', () => `IMPORT DATABASE '${folder}'`],
    ['two statements', () => 'SELECT 1; SELECT 2'],
    ['a statement behind a SELECT', () => `SELECT 1; COPY bars TO '${inside()}.csv'`],
    ['no statement', () => '-- nothing'],
    ['a new table', () => 'CREATE TABLE mine AS SELECT 1'],
    ['a macro', () => 'CREATE MACRO mine() AS 1'],
    ['a secret', () => `CREATE SECRET (TYPE s3, KEY_ID 'a', SECRET 'b')`],
    ['a change', () => `UPDATE quarry_series SET file = '${secret()}'`],
    ['a deletion', () => 'DELETE FROM quarry_series'],
    ['a drop', () => 'DROP VIEW bars'],
    ['a call', () => 'CALL pragma_version()'],
    ['a prepared statement', () => 'PREPARE p AS SELECT 1'],
    ['a name that is none', () => 'SELECT * FROM nothing'],
    ['words that are no SQL', () => 'give me all bars'],
  ];

  test.each(probes)('%s is refused', async (_, sql) => {
    const before = await readdir(folder, { recursive: true });
    const answer = (await ask(sql())) as Failure;
    const text = JSON.stringify(answer);
    expect([answer.code, text.includes(canary), visits]).toEqual(['bad-query', false, 0]);
    const after = (await readdir(folder, { recursive: true })).filter((name) => name !== 'answer.arrow');
    expect(after).toEqual(before.filter((name) => name !== 'answer.arrow'));
  });

  test('the symbols of 500 series are no part of the statement that makes the table, whatever they say', async () => {
    const { directory, info } = dataset;
    const symbols = Array.from({ length: 500 }, (_, k) => `'; COPY bars TO '~${k}"$$ --`);
    const many = { directory, info: { ...info, series: symbols.map((symbol) => ({ ...info.series[0]!, symbol })) } };
    const sql = `SELECT count(DISTINCT symbol) AS symbols, count(*) AS bars,
      (SELECT sql FROM duckdb_views() WHERE view_name = 'bars') AS made FROM bars`;
    const answer = await runQuery({ dataset: many, sql, rows: 1, into: answerFile }, wall, limits);
    const [row] = tableFromIPC(await readFile(answerFile)).toArray() as { toJSON(): { made: string } }[];
    const { made, ...counts } = row!.toJSON();
    expect([answer, counts, made.includes('~'), made.includes('/proc/self/fd/503')]).toEqual([
      { rows: 1, columns: 3, cut: false },
      { symbols: 500n, bars: 1500n },
      false,
      true,
    ]);
  });

  test('a value of 2 GB is ended by the memory that a process may have', async () => {
    const answer = (await ask(`SELECT length(repeat('x', 2000000000)) AS n`, { memoryMb: 300 })) as Failure;
    expect(['out-of-memory', 'bad-query']).toContain(answer.code);
  });

  test('a query that does not end is ended by its time, and by whoever cancels it within a second', async () => {
    const endless = 'SELECT count(*) FROM range(10000000) a, range(10000000) b';
    const late = (await ask(endless, { wallMs: 1500 })) as Failure;
    const cancel = new AbortController();
    const running = ask(endless, {}, { signal: cancel.signal }).catch((reason: unknown) => reason);
    await pause(500);
    const start = performance.now();
    cancel.abort('cancelled');
    expect([late.code, await running, performance.now() - start < 1000]).toEqual(['timed-out', 'cancelled', true]);
  });

  test('an answer beyond its bytes is refused, not delivered', async () => {
    const answer = (await ask(`SELECT repeat('x', 1000) FROM range(100000)`, { rows: 100_000 })) as Failure;
    expect([answer.code, answer.message]).toEqual([
      'result-too-large',
      'The answer has more than 4 MiB. Ask for fewer rows or columns.',
    ]);
  });
});

test('what is refused says why, in words', async () => {
  const said = async (sql: string) => ((await ask(sql)) as QueryAnswer & Failure).message;
  expect([await said('SELECT 1; SELECT 2'), await said('DROP VIEW bars'), await said('SELECT nope FROM bars')]).toEqual(
    [
      'The query has 2 statements. Send one SELECT at a time.',
      'The query is of the kind DROP. Only SELECT is run: nothing can be changed, written or set.',
      expect.stringContaining('nope'),
    ],
  );
});
