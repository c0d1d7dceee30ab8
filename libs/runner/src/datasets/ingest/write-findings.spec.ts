import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FileReading } from '@quarry/contracts';
import { ingestHere } from './ingest.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-findings-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function findings(name: string, text: string, columns?: Record<string, string>) {
  const into = join(folder, `${name}-read`);
  await writeFile(join(folder, name), text);
  await ingestHere(join(folder, name), { name, ...(columns ? { columns } : {}) }, into);
  const reading = FileReading.parse(JSON.parse(await readFile(join(into, 'reading.json'), 'utf8')));
  const refused = await readFile(join(into, 'refused.csv'), 'utf8').catch(() => null);
  return { reading, refused };
}

const good = '2020-01-01;1,5;2,5;1,25;2,25\n2020-01-02;2,5;3,5;2,25;3,25\n';

test('beside a dataset stands how its file was read: delimiter, decimals, header, columns and first rows', async () => {
  const { reading, refused } = await findings('a.csv', `Datum;Open;High;Low;Schluss\n${good}`, { close: 'Schluss' });
  expect([reading, refused]).toEqual([
    {
      kind: 'text',
      delimiter: ';',
      decimal: ',',
      encoding: 'UTF-8',
      header: ['Datum', 'Open', 'High', 'Low', 'Schluss'],
      shape: 'bars',
      columns: { time: 1, open: 2, high: 3, low: 4, close: 5 },
      rows: [
        ['2020-01-01', '1,5', '2,5', '1,25', '2,25'],
        ['2020-01-02', '2,5', '3,5', '2,25', '3,25'],
      ],
    },
    null,
  ]);
});

test('SAFETY bar 45: refused rows are a table with their reasons, in which no cell is a formula', async () => {
  const { refused } = await findings(
    'b.csv',
    `Date;Open;High;Low;Close\n${good}=cmd|' /C calc'!A0;1,5;2,5;1,25;2,25\n`,
  );
  expect(refused?.split('\n')).toEqual([
    'row,reason,text',
    `4,"has the time ""=cmd|' /C calc'!A0"", which is none","'=cmd|' /C calc'!A0;1,5;2,5;1,25;2,25"`,
    '',
  ]);
});
