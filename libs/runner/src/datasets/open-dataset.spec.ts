import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDataset } from './open-dataset.js';

describe('a dataset by name', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quarry-open-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  test('sp500 is made on first use, with the hash that its description states', async () => {
    const opened = await openDataset('sp500', directory);
    if ('code' in opened) throw new Error(opened.message);
    const [series] = opened.info.series;
    expect(series).toMatchObject({ symbol: 'SPX', interval: '1d', rows: 5105, from: Date.UTC(2000, 0, 3) * 1000 });
    expect(opened.info).toMatchObject({ stamp: 'session-date', timezone: 'America/New_York', calendar: 'sessions' });
    expect(await readdir(directory)).toEqual(['sp500']);
  });

  test('is the same when it is opened again, by name or by folder', async () => {
    const first = await openDataset('sp500', directory);
    expect(await openDataset('sp500', directory)).toEqual(first);
    expect(await openDataset(join(directory, 'sp500'), join(directory, 'elsewhere'))).toEqual(first);
  });

  test('two that open it at once both get it whole', async () => {
    const [a, b] = await Promise.all([openDataset('sp500', directory), openDataset('sp500', directory)]);
    expect(a).toEqual(b);
    expect(await readdir(directory)).toEqual(['sp500']);
  });

  test('is made anew where its folder is damaged', async () => {
    await openDataset('sp500', directory);
    await writeFile(join(directory, 'sp500', 'dataset.json'), '{"half":');
    expect(await openDataset('sp500', directory)).toMatchObject({ info: { name: 'sp500' } });
  });

  test('whose folder is damaged and that is not ours is refused by name', async () => {
    await mkdir(join(directory, 'mine'));
    await writeFile(join(directory, 'mine', 'dataset.json'), '{}');
    const failure = await openDataset('mine', directory);
    expect(failure).toHaveProperty('message', expect.stringMatching(/^dataset\.json in .*mine is damaged/));
  });

  test('that nobody knows is a failure that names the ways out', async () => {
    expect(await openDataset('sp5000', directory)).toMatchObject({
      code: 'no-such-dataset',
      message:
        "There is no dataset or file sp5000. Quarry brings sp500, minutes, stocks and dividends; else name a dataset's folder or a data file.",
    });
  });
});
