import type { DatasetInfo } from '@quarry/contracts';
import type { Description } from './builtin.js';
import { generateStocks } from './generate-stocks.js';
import { endOfSessions } from './known-at.js';
import { noFindings } from './quality.js';
import { writeDatasetFiles } from './store.js';

const seed = 20_260_202;

/** Generates the `stocks` dataset into a folder. */
export function makeStocks(work: string, description: Description): Promise<DatasetInfo> {
  const { name, interval, stamp, timezone, calendar, source, licence } = description;
  const stocks = generateStocks(seed);
  const rows = stocks.reduce((sum, { time }) => sum + time.length, 0);
  const series = stocks.map(({ symbol, time, open, high, low, close, volume }) => {
    const knownAt = endOfSessions(time, interval, timezone);
    const columns = Object.entries({ time, knownAt, open, high, low, close, volume });
    return { symbol, interval, columns: columns.map(([column, values]) => ({ name: column, values })) };
  });
  return writeDatasetFiles(work, {
    ...{ name, stamp, timezone, calendar, source, licence, series },
    quality: { ...noFindings, rowsRead: rows, rowsKept: rows, notes: ['Generated, not a market.'] },
  });
}
