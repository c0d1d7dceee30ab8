import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataRefused } from '../data-refused.js';
import { datasetContent } from './dataset-content.js';
import { madeCsvs, type MadeCsv } from './made-csv.js';
import { readRows } from './read-rows.js';

const files = 225;
let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'quarry-corpus-'));
});
afterAll(() => rm(directory, { recursive: true }));

test(`SAFETY bar 41: ${files} files of 72 dialects and 24 faults are each read to the last row, or refused by name`, async () => {
  const wrong: string[] = [];
  for (const made of madeCsvs(files)) {
    const fault = await faultOf(made);
    if (fault !== null) wrong.push(`${made.title}: ${fault}`);
  }
  expect(wrong).toEqual([]);
}, 120_000);

/** What is wrong with the outcome, or null. */
async function faultOf({ bytes, present, bad, close }: MadeCsv): Promise<string | null> {
  const path = join(directory, 'bars.csv');
  await writeFile(path, bytes);
  const options = { name: 'bars', dateOrder: 'month-day-year' } as const;
  try {
    const { quality, series } = datasetContent(await readRows(path, options), options, 'bars.csv');
    if (bad === 'file') return 'was read';
    const { rowsRead, rowsKept, rowsRefused } = quality;
    if (rowsRead !== present) return `${rowsRead} of ${present} rows read`;
    if (rowsKept + rowsRefused !== present) return `${rowsKept} kept and ${rowsRefused} refused of ${present}`;
    if (rowsRefused !== bad) return `${rowsRefused} refused, not ${bad}`;
    const kept = [...series[0]!.columns.find(({ name }) => name === 'close')!.values];
    return JSON.stringify(kept) === JSON.stringify(close) ? null : `closes ${kept.join(' ')}`;
  } catch (error) {
    if (!(error instanceof DataRefused)) return String((error as Error).stack);
    return bad === 'file' && error.message.includes('bars.csv') ? null : error.message;
  }
}
