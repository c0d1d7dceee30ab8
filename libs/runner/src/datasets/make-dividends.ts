import type { DatasetInfo } from '@quarry/contracts';
import type { Description } from './builtin.js';
import { generateDividends } from './generate-dividends.js';
import { endOfSessions } from './known-at.js';
import { noFindings } from './quality.js';
import { writeDatasetFiles } from './store.js';

const seed = 20_261_125;

/** Generates the `dividends` dataset into a folder. */
export function makeDividends(work: string, description: Description): Promise<DatasetInfo> {
  const { name, interval, stamp, timezone, calendar, prices, source, licence } = description;
  const stocks = generateDividends(seed);
  const rows = stocks.reduce((sum, { time }) => sum + time.length, 0);
  const series = stocks.map(({ symbol, time, ...rest }) => {
    const columns = Object.entries({ time, knownAt: endOfSessions(time, interval, timezone), ...rest });
    return { symbol, interval, columns: columns.map(([column, values]) => ({ name: column, values })) };
  });
  return writeDatasetFiles(work, {
    ...{ name, stamp, timezone, calendar, prices, source, licence, series },
    quality: { ...noFindings, rowsRead: rows, rowsKept: rows, notes: ['Generated, not a market.'] },
  });
}
