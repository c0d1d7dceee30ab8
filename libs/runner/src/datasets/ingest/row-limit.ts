import { DataRefused } from '../data-refused.js';

/** Memory that rows may take as read: the rest of the 1500 MiB of a reading process is for putting them in order and storing them. */
const rowBytes = 700_000_000;

/** Most rows that are read of a file with so many numbers in a row: 12.5 million bars of prices and volume. */
export function mostRows(numbers: number): number {
  return Math.floor(rowBytes / (16 + 8 * numbers));
}

/** Throws DataRefused once more rows were read than fit. */
export function refuseTooManyRows(rows: number, most: number): void {
  if (rows <= most) return;
  throw new DataRefused(
    `The file has more than ${most.toLocaleString('en-US')} rows, the most that Quarry reads of a table with as many columns. Split the file.`,
  );
}
