import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { DatasetInfo } from '@quarry/contracts';
import type { Description } from './builtin.js';
import { noFindings } from './quality.js';
import { writeDatasetFiles } from './store.js';
import { endOfSessions } from './known-at.js';

/** Makes the `sp500` dataset from the daily bars that the npm package vega-datasets carries. */
export async function makeSp500(work: string, description: Description): Promise<DatasetInfo> {
  const lines = (await readFile(sp500Csv(), 'utf8')).trim().split('\n').slice(1);
  const rows = lines.map((line) => line.split(','));
  const column = (index: number) => Float64Array.from(rows, (row) => Number(row[index]));
  const time = Float64Array.from(rows, (row) => Date.parse(row[0]!) * 1000);
  const { name, symbol, interval, stamp, timezone, calendar, source, licence } = description;
  const columns = {
    time,
    knownAt: endOfSessions(time, interval, timezone),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(6),
    adjClose: column(5),
  };
  return writeDatasetFiles(work, {
    ...{ name, stamp, timezone, calendar, source, licence },
    series: [{ symbol, interval, columns: Object.entries(columns).map(([key, values]) => ({ name: key, values })) }],
    quality: { ...noFindings, rowsRead: rows.length, rowsKept: rows.length },
  });
}

function sp500Csv(): string {
  const entry = createRequire(import.meta.url).resolve('vega-datasets');
  return join(entry, '..', '..', 'data', 'sp500-2000.csv');
}
