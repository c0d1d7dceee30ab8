import type { DatasetInfo } from '@quarry/contracts';
import type { Description } from './builtin.js';
import { generateMinutes } from './generate-minutes.js';
import { noFindings } from './quality.js';
import { writeDatasetFiles } from './store.js';

const minute = 60_000_000;
const seed = 20_260_101;

/** Generates the `minutes` dataset into a folder. */
export function makeMinutes(work: string, description: Description): Promise<DatasetInfo> {
  const { time, open, high, low, close, volume } = generateMinutes(description.rows, seed);
  const knownAt = time.map((start) => start + minute);
  const { name, symbol, interval, stamp, timezone, calendar, source, licence } = description;
  const columns = Object.entries({ time, knownAt, open, high, low, close, volume });
  return writeDatasetFiles(work, {
    ...{ name, stamp, timezone, calendar, source, licence },
    series: [
      { symbol: symbol ?? name, interval, columns: columns.map(([column, values]) => ({ name: column, values })) },
    ],
    quality: { ...noFindings, rowsRead: time.length, rowsKept: time.length, notes: ['Generated, not a market.'] },
  });
}
