import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { IngestOptions } from '@quarry/contracts';
import { DataRefused } from '../data-refused.js';
import { datasetContent } from './dataset-content.js';
import { readRows } from './read-rows.js';

jest.setTimeout(30_000);

const files = 240;
const iso = (i: number, stepMs: number) => new Date(1.7e12 + i * stepMs).toISOString();
const rows = (row: (i: number) => string) => Array.from({ length: 25 }, (_, i) => row(i)).join('\n') + '\n';
const seeds = [
  'date,open,high,low,close,volume\n' + rows((i) => `${iso(i, 86_400_000).slice(0, 10)},10,12,9,11,${i}`),
  rows(
    (i) =>
      `${1.7e12 + i * 60_000},0.00002853,0.0000286,0.00002849,0.00002854,5,${1.7e12 + i * 60_000 + 59_999},1,2,3,4,0`,
  ),
  'Datetime;Open;High;Low;Close;Adj Close\r\n' + rows((i) => `"${iso(i, 900_000)}";1,5;1,75;1,25;1,5;1,4`),
  'symbol,date,price\n' + rows((i) => `${i < 12 ? 'A' : 'B'},Jan ${(i % 12) + 1} 2000,${i + 1}`),
  'time,open,high,low,close\n' + rows((i) => `${(i % 12) + 1}/${i + 1}/2024 10:0${i % 10},1,2,0.5,1`),
];
const scraps = [
  ',',
  ';',
  '\n',
  '\r',
  '"',
  'NaN',
  '-',
  '1e999',
  '\t',
  'é',
  '2024-13-01',
  '+05:30',
  '\uFEFF',
  '.',
  '9'.repeat(40),
  'null',
  '0001-01-01',
];
const variants: Partial<IngestOptions>[] = [
  {},
  { timezone: 'America/New_York' },
  { stamp: 'close' },
  { interval: '1mo' },
  { stamp: 'session-date' },
];

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quarry-mutations-'));
});
afterAll(() => rm(directory, { recursive: true }));

test.each([1, 20_240_102])(
  'a file damaged at random is ingested in order, with every row counted, or refused in a sentence (seed %i)',
  async (seed) => {
    let state = seed;
    const below = (n: number) =>
      Math.floor(((state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 2 ** 31) * n);
    const damage = (text: string): string => {
      const at = below(text.length);
      switch (below(4)) {
        case 0:
          return text.slice(0, at) + scraps[below(scraps.length)]! + text.slice(at);
        case 1:
          return text.slice(0, at) + text.slice(at + below(40));
        case 2:
          return text.slice(0, at) + text.slice(Math.max(0, at - below(200)));
        default:
          return text.replaceAll(scraps[below(5)]!, scraps[below(scraps.length)]!).slice(0, 20_000);
      }
    };
    const wrong: string[] = [];
    for (let n = 0; n < files / 2; n++) {
      let text = seeds[below(seeds.length)]!;
      for (let k = below(8); k >= 0; k--) text = damage(text);
      const fault = await faultOf(text, { name: 'x', ...variants[below(variants.length)] });
      if (fault !== null) wrong.push(`${fault}: ${JSON.stringify(text).slice(0, 2000)}`);
    }
    expect(wrong).toEqual([]);
  },
);

/** What is wrong with the outcome, or null. */
async function faultOf(text: string, options: IngestOptions): Promise<string | null> {
  const path = join(directory, 'x.csv');
  await writeFile(path, text);
  try {
    const { quality, series } = datasetContent(await readRows(path, options), options, 'x.csv');
    if (quality.rowsRead !== quality.rowsKept + quality.rowsRefused) return 'rows are lost';
    for (const { columns } of series) {
      const [time, knownAt] = columns.map(({ values }) => values);
      const ascends = time!.every((now, i) => Number.isInteger(now) && (i === 0 || now > time![i - 1]!));
      const knows = knownAt!.every((then, i) => Number.isInteger(then) && (i === 0 || then >= knownAt![i - 1]!));
      if (!ascends || !knows) return 'times do not ascend';
      if (columns.some(({ values }) => values.length !== time!.length)) return 'columns differ in length';
    }
    return null;
  } catch (error) {
    return error instanceof DataRefused ? null : String((error as Error).stack);
  }
}
