import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { exportCsv } from '../export-csv.js';
import { writeParquet, type ParquetColumn } from '../write-parquet.js';
import { ingestHere } from './ingest.js';

const pieces = [
  ...["'", '"', ';', '--', '/*', '*/', '$1', '$$', '\\', '%', '`', '(', ')', ',', '\n', ' ', '.', '*', '?', '[', ']'],
  ...[
    'DROP TABLE bars',
    'UNION SELECT',
    'COPY',
    'ATTACH',
    "read_text('/etc/passwd')",
    'é',
    '价',
    '📈',
    '\u202E',
    'x',
    '0',
  ],
];

/** Names that differ, each with a mark that no name of ours has: five pieces of SQL and script in an order of its own. */
function fuzzedNames(count: number): string[] {
  let state = 46;
  const next = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >>> 8;
  return Array.from({ length: count }, (_, k) => {
    const parts = Array.from({ length: 5 }, () => pieces[next() % pieces.length]!);
    return `${parts.slice(0, 2).join('')}~${k}~${parts.slice(2).join('')}`;
  });
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-names-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Every text that DuckDB is given as a statement. */
function statementsHeard(): string[] {
  const heard: string[] = [];
  for (const method of ['run', 'stream', 'runAndReadAll', 'prepare', 'extractStatements'] as const) {
    const original = DuckDBConnection.prototype[method] as (...args: unknown[]) => unknown;
    jest.spyOn(DuckDBConnection.prototype, method).mockImplementation(function (this: DuckDBConnection, ...args) {
      heard.push(String(args[0]));
      return original.apply(this, args) as never;
    });
  }
  return heard;
}

const files = process.env['QUARRY_BARS'] === 'full' ? 10 : 1;
const width = 999;

test(`SAFETY bar 46${files === 1 ? ', in short' : ''}: of ${files * (width + 1)} fuzzed names of columns and symbols none is in a statement, and all are read`, async () => {
  const names = fuzzedNames(files * (width + 1));
  const heard = statementsHeard();
  for (let file = 0; file < files; file++) {
    const [symbol = '', ...titles] = names.slice(file * (width + 1), (file + 1) * (width + 1));
    const prices = Float64Array.of(1, 2);
    const columns: ParquetColumn[] = [
      { name: 'date', type: 'time', values: Float64Array.of(Date.UTC(2024, 0, 2) * 1000, Date.UTC(2024, 0, 3) * 1000) },
      { name: 'symbol', type: 'text', at: () => symbol },
      ...['open', 'high', 'low', 'close', ...titles].map((name) => ({ name, type: 'float', values: prices }) as const),
    ];
    const path = join(folder, `${file}.parquet`);
    await writeParquet(path, prices.length, columns);
    const work = join(folder, `made ${file}`);
    const info = await ingestHere(path, { name: symbol }, work);
    await exportCsv({ directory: work, info }, join(folder, `${file}.csv`));
    const [series] = info.series;
    expect([info.name, series?.symbol, series?.columns.length]).toEqual([symbol, symbol, 7 + width]);
  }
  // Each of the names has a ~, and no statement of ours has.
  expect([heard.length >= files * 7, heard.filter((statement) => statement.includes('~'))]).toEqual([true, []]);
}, 120_000);
