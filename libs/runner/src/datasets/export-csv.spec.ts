import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IngestOptions } from '@quarry/contracts';
import { exportCsv } from './export-csv.js';
import { ingestHere } from './ingest/ingest.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-export-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function roundTrip(name: string, text: string, options: Omit<IngestOptions, 'name'>) {
  const first = join(folder, `${name}.csv`);
  await writeFile(first, text);
  const one = await ingestHere(first, { name, ...options }, join(folder, name));
  const out = join(folder, `${name}-out.csv`);
  await exportCsv({ directory: join(folder, name), info: one }, out);
  const two = await ingestHere(out, { name, timezone: one.timezone }, join(folder, `${name}-again`));
  return { one, two, lines: (await readFile(out, 'utf8')).split('\n') };
}

const symbols = ['=cmd()', '+A', '-B', '@C', '\tD', '\0E', "''=F", "O'G", '"H", I', 'J'];

test('SAFETY bar 45: in an exported dataset no cell is a formula, negative numbers stay, and read again it is the same to the bit', async () => {
  const rows = symbols.flatMap((symbol, s) =>
    Array.from({ length: 12 }, (_, k) => {
      const minute = new Date(Date.UTC(2024, 0, 2, 15, k)).toISOString();
      const cells = [10 + k / 3, 1e3 / 7 + s, -1e-7 * k, 10 + k / 7, k * 1e17, -k / 3, k % 3 === 0 ? '' : k];
      return `${minute},"${symbol.replaceAll('"', '""')}",${cells.join(',')}`;
    }),
  );
  const { one, two, lines } = await roundTrip(
    'intraday',
    ['time,symbol,open,high,low,close,volume,carry,Open Interest', ...rows, ''].join('\n'),
    { timezone: 'America/New_York' },
  );
  const written = lines.slice(1, -1).map((line) => line.slice(line.indexOf(',') + 1));
  expect(two.series.map(({ symbol }) => symbol).toSorted()).toEqual(
    symbols.map((symbol) => symbol.trim().replace("''", "'")).toSorted(),
  );
  expect(written.filter((line) => /^"?[=+\-@\t\r\0]/.test(line))).toEqual([]);
  expect(lines[2]).toMatch(
    /^2024-01-02T15:01:00Z,'=cmd\(\),10\.333333333333334,142\.85714285714286,-1e-7,10\.142857142857142,100000000000000000,-0\.3333333333333333,1$/,
  );
  expect(two.version).toBe(one.version);
});

test('SAFETY bar 45: sessions come back as the days they were', async () => {
  const rows = Array.from({ length: 40 }, (_, k) => {
    const day = new Date(Date.UTC(2024, 0, 2 + k)).toISOString().slice(0, 10);
    return `${day},1,2,0.5,${1 + k / 100},${k}`;
  });
  const { one, two, lines } = await roundTrip('daily', ['date,open,high,low,close,volume', ...rows, ''].join('\n'), {
    timezone: 'Europe/Berlin',
  });
  expect([lines[1], two.version]).toEqual(['2024-01-02,DAILY,1,2,0.5,1,0', one.version]);
});
