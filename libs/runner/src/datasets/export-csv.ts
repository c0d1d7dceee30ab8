import { appendFileSync, closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { csvText } from '../tables/csv-text.js';
import { isoTimes } from '../tables/iso-time.js';
import type { LocalDataset } from '../runner.js';
import { readParquetColumns } from './read-parquet.js';
import { timeColumns } from './store.js';

/**
 * Writes all series of a dataset into one CSV file, a row for each bar: UTF-8, comma, LF, times as ISO 8601 in UTC or as dates of sessions,
 * numbers in their shortest exact form, what is not defined as an empty cell. Read again with the dataset's zone, its bars are the same to
 * the bit; ticks become bars of one price. Throws EEXIST where the file is there already; of one that cannot be written to its end nothing is left.
 */
export async function exportCsv({ directory, info }: LocalDataset, path: string): Promise<void> {
  const names = [...new Set(info.series.flatMap(({ columns }) => columns))].filter(
    (name) => !timeColumns.includes(name),
  );
  const file = openSync(path, 'wx');
  try {
    appendFileSync(file, ['time', 'symbol', ...names].join(',') + '\n');
    for (const series of info.series) {
      const symbol = csvText(series.symbol);
      const time = timeText(info.stamp === 'session-date');
      const held = names.filter((name) => series.columns.includes(name));
      await readParquetColumns(
        join(directory, series.file),
        ['time', ...held],
        timeColumns,
        ([times, ...columns], rows) => {
          const cells = names.map((name) => columns[held.indexOf(name)]);
          let block = '';
          for (let row = 0; row < rows; row++) {
            block += `${time(times![row]!)},${symbol}`;
            for (const values of cells) block += `,${numberText(values?.[row] ?? NaN)}`;
            block += '\n';
          }
          appendFileSync(file, block);
        },
      );
    }
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

function timeText(isDate: boolean): (time: number) => string {
  const iso = isoTimes();
  return isDate ? (time) => iso(time).slice(0, 10) : iso;
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isNaN(value) ? '' : String(value);
}
