import { mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { LocalDataset } from '../runner.js';
import { DataRefused } from './data-refused.js';
import { ColumnCache } from './column-cache.js';
import { generateMinutes } from './generate-minutes.js';
import { noFindings } from './quality.js';
import { columnHash } from './series-hash.js';
import { writeDatasetFiles } from './store.js';

const minute = 60_000_000;
const rows = 40_000;

describe('the column cache', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quarry-cache-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const cache = () => new ColumnCache(join(directory, 'cache'));
  const made = generateMinutes(rows, 1);
  const odd = Float64Array.from({ length: rows }, (_, i) => (i % 3 === 0 ? NaN : i % 3 === 1 ? -0 : 1e-300 * i));

  async function dataset(close = made.close, folder = 'set'): Promise<LocalDataset> {
    const columns = {
      time: made.time,
      knownAt: made.time.map((start) => start + minute),
      open: made.open,
      high: made.high,
      low: made.low,
      close,
      volume: made.volume,
      'odd/../name': odd,
    };
    const path = join(directory, folder);
    const info = await writeDatasetFiles(path, {
      name: 'set',
      series: [
        {
          symbol: '../X',
          interval: '1m',
          columns: Object.entries(columns).map(([name, values]) => ({ name, values })),
        },
      ],
      stamp: 'open',
      timezone: 'Europe/Berlin',
      calendar: '24/7',
      source: 'test',
      licence: 'MIT',
      quality: noFindings,
    });
    return { directory: path, info };
  }

  const floats = async ({ file, columns }: { file: string; columns: readonly string[] }, name: string) => {
    const bytes = await readFile(file);
    return new Float64Array(bytes.buffer, bytes.byteOffset + columns.indexOf(name) * rows * 8, rows).slice();
  };

  test('holds each column bit for bit, the times first', async () => {
    const set = await cache().series(await dataset(), '../X', '1m');
    expect([set.columns[0], set.columns.at(-1)]).toEqual(['time', 'odd/../name']);
    expect(await floats(set, 'time')).toEqual(made.time);
    expect(await floats(set, 'close')).toEqual(made.close);
    expect(columnHash(await floats(set, 'odd/../name'))).toBe(columnHash(odd));
  });

  test('says the length and the zone, with its change of clocks within the range', async () => {
    const set = await cache().series(await dataset(), '../X', '1m');
    expect({ length: set.rows, zone: set.zone.name, offsets: [...set.zone.offsetMinutes] }).toEqual({
      length: rows,
      zone: 'Europe/Berlin',
      offsets: [60],
    });
  });

  test('is read the second time without the Parquet file', async () => {
    const set = await dataset();
    const first = await cache().series(set, '../X', '1m');
    await rm(join(set.directory, set.info.series[0]!.file));
    expect(await cache().series(set, '../X', '1m')).toEqual(first);
  });

  test('notes each use on the file, so that whoever makes room knows which was not used for the longest', async () => {
    const set = await dataset();
    const { file } = await cache().series(set, '../X', '1m');
    await utimes(file, 1, 1);
    await cache().series(set, '../X', '1m');
    expect((await stat(file)).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  });

  test('decodes anew what was cut short', async () => {
    const set = await dataset();
    const first = await cache().series(set, '../X', '1m');
    await writeFile(first.file, 'cut');
    const second = await cache().series(set, '../X', '1m');
    expect(await floats(second, 'close')).toEqual(made.close);
  });

  test('refuses a Parquet file that is not the version that dataset.json names, and leaves nothing behind', async () => {
    const set = await dataset();
    const other = await dataset(made.open, 'other');
    const mixed = { directory: other.directory, info: set.info };
    await expect(cache().series(mixed, '../X', '1m')).rejects.toThrow(
      /Column close in .* is not what version [0-9a-f]{12} holds: the file was changed/,
    );
    expect(await readdir(join(directory, 'cache'))).toEqual([]);
  });

  test('refuses a Parquet file that is gone or damaged by its name, without a path of this machine', async () => {
    const set = await dataset();
    const file = join(set.directory, set.info.series[0]!.file);
    await writeFile(file, 'PAR1 no more');
    const damaged = cache().series(set, '../X', '1m');
    await expect(damaged).rejects.toThrow(/^___X\.1m\.parquet of dataset set cannot be read \((?!.*quarry-cache)/);
    await rm(file);
    await expect(cache().series(set, '../X', '1m')).rejects.toThrow(DataRefused);
  });

  test('names what it has where a series is asked for that is not there', async () => {
    const set = await dataset();
    await expect(cache().series(set, 'Y', '1m')).rejects.toThrow('has no series Y 1m. It holds ../X 1m.');
  });
});
