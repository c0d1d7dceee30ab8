import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ingestHere } from './ingest/ingest.js';
import { noFindings } from './quality.js';
import { readDataset, writeDatasetFiles, type DatasetContent } from './store.js';

describe('a stored dataset', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quarry-store-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('with a bar at price 0 can be read again', async () => {
    const rows = [2, 3, 4, 5, 6, 7, 8].map((day) => `2024-01-0${day},${day === 5 ? '0,0,0,0' : '10,11,9,10'}`);
    const file = join(directory, 'zero.csv');
    await writeFile(file, ['Date,Open,High,Low,Close', ...rows].join('\n'));
    const made = await ingestHere(file, { name: 'zero' }, join(directory, 'set'));
    expect((await readDataset(join(directory, 'set')))?.info).toEqual(made);
    expect(made.quality).toMatchObject({ nonPositivePrices: 1, outlierCount: 0 });
  });

  test('is refused before it is published where JSON would not give its figures back', async () => {
    const outlier = { symbol: 'X', time: 0, change: Infinity, reason: 'Moves.' };
    const content: DatasetContent = {
      ...{ name: 'x', series: [], stamp: 'open', timezone: 'UTC', calendar: '24/7', source: '', licence: '' },
      quality: { ...noFindings, outliers: [outlier] },
    };
    await expect(writeDatasetFiles(join(directory, 'set'), content)).rejects.toThrow(
      /could not be read again \(quality\.outliers\.0\.change/,
    );
    expect(await readdir(join(directory, 'set'))).toEqual([]);
  });
});
