import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { datasetContent } from './dataset-content.js';
import { readRows } from './read-rows.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarry-wide-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The last value of each further column, by symbol. */
async function lastExtras(...lines: readonly string[]): Promise<Record<string, Record<string, number>>> {
  const file = join(folder, `${Math.abs(lines.join().length)}.csv`);
  await writeFile(file, lines.join('\n') + '\n');
  const options = { name: 'wide', interval: '1d' };
  const { series } = datasetContent(await readRows(file, options), options, 'wide.csv');
  return Object.fromEntries(
    series.map(({ symbol, columns }) => [
      symbol,
      Object.fromEntries(columns.slice(7).map(({ name, values }) => [name, values.at(-1)!])),
    ]),
  );
}

const prices = 'Open,High,Low,Close,Volume';
const bar = '10,15,9,11,5';
const five = (symbol: string): string => Array(5).fill(symbol).join(',');

test('symbols with different columns beside their prices keep each its own', async () => {
  expect(
    await lastExtras(
      `Ticker,${five('AAPL')},AAPL,${five('SPY')},SPY,SPY`,
      `Price,${prices},Dividends,${prices},Capital Gains,Dividends`,
      'Date' + ','.repeat(13),
      `2024-01-02,${bar},0,${bar},0,0`,
      `2024-01-03,${bar},0.24,${bar},7,0.5`,
    ),
  ).toEqual({ AAPL: { dividends: 0.24 }, SPY: { capitalGains: 7, dividends: 0.5 } });
});

test('a symbol that came later keeps its further columns, though the first rows have none of them', async () => {
  const before = Array.from({ length: 60 }, (_, k) => new Date(Date.UTC(2023, 9, 2 + k)).toISOString().slice(0, 10));
  expect(
    await lastExtras(
      `Ticker,${five('NEW')},NEW,${five('OLD')},OLD`,
      `Price,${prices},Adj Close,${prices},Adj Close`,
      'Date' + ','.repeat(12),
      ...before.map((day) => `${day},,,,,,,${bar},10.5`),
      `2024-01-02,${bar},11.5,${bar},10.5`,
      `2024-01-03,${bar},11.5,${bar},10.5`,
    ),
  ).toEqual({ NEW: { adjClose: 11.5 }, OLD: { adjClose: 10.5 } });
});
