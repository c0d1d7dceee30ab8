import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { IngestOptions } from '@quarry/contracts';
import { DataRefused } from '../data-refused.js';
import { columnHash, seriesHash, versionHash } from '../series-hash.js';
import { datasetContent } from './dataset-content.js';
import { readRows } from './read-rows.js';

type Action = NonNullable<IngestOptions['actions']>[number];

const header = 'Date,Open,High,Low,Close,Volume';
const bar = (day: number, price: number) =>
  `2024-01-${String(day).padStart(2, '0')},${price},${price},${price},${price},100`;
const jumping = [header, bar(2, 400), bar(3, 404), bar(4, 101), bar(5, 102), ''].join('\n');
const smooth = [header, bar(2, 100), bar(3, 101), bar(4, 101), bar(5, 102), ''].join('\n');
const split: Action = { date: '2024-01-04', type: 'split', value: 4 };
const dividend: Action = { date: '2024-01-04', type: 'dividend', value: 0.5 };

describe('corporate actions of a file', () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'quarry-actions-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function ingest(text: string, given: Partial<IngestOptions> = {}) {
    const file = join(directory, 'prices.csv');
    const options = { name: 'prices', ...given };
    await writeFile(file, text);
    return datasetContent(await readRows(file, options), options, 'prices.csv');
  }

  async function columnsOf(text: string, actions: readonly Action[], names: readonly string[]): Promise<number[][]> {
    const { columns } = (await ingest(text, { actions })).series[0]!;
    return names.map((name) => Array.from(columns.find((column) => column.name === name)!.values));
  }

  test('stand at the bar of their date, or the next one, as columns of the series', async () => {
    const late: Action = { date: '2024-01-01', type: 'dividend', value: 9 };
    const actions = [split, dividend, { ...dividend, value: 0.25 }, late];
    expect(await columnsOf(jumping, actions, ['stockSplits', 'dividends'])).toEqual([
      [0, 0, 4, 0],
      [0, 0, 0.75, 0],
    ]);
    const { quality } = await ingest(jumping, { actions });
    expect(quality.notes.at(-1)).toBe('1 of the actions lie before or after all bars and were left out.');
  });

  test('a delisting stands at the last bar, at the stated value or the last close', async () => {
    const gone = (value: number | null): Action => ({ date: '2024-02-01', type: 'delisting', value });
    expect(await columnsOf(smooth, [gone(0)], ['delisting'])).toEqual([[NaN, NaN, NaN, 0]]);
    expect(await columnsOf(smooth, [gone(null)], ['delisting'])).toEqual([[NaN, NaN, NaN, 102]]);
  });

  test('other actions, or another word on the prices, are another version', async () => {
    const version = async (options: Partial<IngestOptions>) => {
      const { series, prices } = await ingest(jumping, options);
      const hashes = series.map(({ symbol, interval, columns }) => {
        const hashed = columns.map(({ name, values }) => ({ name, hash: columnHash(values) }));
        return { symbol, interval, hash: seriesHash(columns[0]!.values.length, hashed) };
      });
      return versionHash(hashes, prices);
    };
    const versions = [
      await version({}),
      await version({ actions: [split] }),
      await version({ actions: [{ ...split, value: 3 }] }),
      await version({ actions: [split], prices: 'split-adjusted' }),
      await version({ actions: [split] }),
    ];
    expect(new Set(versions).size).toBe(4);
    expect(versions[4]).toBe(versions[1]);
  });

  test('prices that jump where a split was are raw, others are adjusted for it', async () => {
    expect((await ingest(jumping, { actions: [split] })).prices).toBe('raw');
    expect((await ingest(smooth, { actions: [split] })).prices).toBe('split-adjusted');
    expect((await ingest(smooth)).prices).toBeUndefined();
    expect((await ingest(smooth, { actions: [dividend] })).prices).toBe('raw');
    expect((await ingest(jumping, { actions: [split], prices: 'total-return' })).prices).toBe('total-return');
  });

  test('a jump at a known split is no outlier', async () => {
    const quiet = [header, ...Array.from({ length: 28 }, (_, i) => bar(i + 1, i < 20 ? 404 + (i % 2) : 101)), ''].join(
      '\n',
    );
    const known = await ingest(quiet, { actions: [{ ...split, date: '2024-01-21' }] });
    expect([(await ingest(quiet)).quality.outlierCount, known.quality.outlierCount]).toEqual([1, 0]);
  });

  test("a vendor's own columns are taken, and without a hint of what they mean no dividend is paid", async () => {
    const yahoo = (titles: string, rest: string) =>
      smooth.replace(header, `${header},${titles}`).replaceAll(/,100$/gm, `,100,${rest}`);
    const plain = await ingest(yahoo('Dividends,Stock Splits', '0.1,0'));
    expect([plain.prices, plain.quality.notes.at(-1)]).toEqual([
      undefined,
      'Whether the dividends beside the prices are in them already is not to be seen, so none is paid: say prices raw, split-adjusted or total-return.',
    ]);
    expect((await ingest(yahoo('Adj Close,Dividends,Stock Splits', '99,0.1,0'))).prices).toBe('raw');
  });

  test.each<[string, string, Action, string]>([
    [
      'of a symbol that is not there',
      smooth,
      { ...split, symbol: 'XYZ' },
      'The split on 2024-01-04 is of XYZ, which the file does not hold. It holds PRICES.',
    ],
    [
      'a delisting before the last bar',
      smooth,
      { date: '2024-01-03', type: 'delisting', value: 1 },
      'PRICES has bars after its delisting on 2024-01-03. Correct the date, or cut the bars.',
    ],
    [
      'a dividend above the price',
      smooth,
      { ...dividend, value: 500 },
      'PRICES has a dividend of 500, no less than the close before it, 101. Dividends are in cash for each share: correct it.',
    ],
  ])('refused: %s', async (_, text, action, message) => {
    await expect(ingest(text, { actions: [action] })).rejects.toThrow(new DataRefused(message));
  });
});
