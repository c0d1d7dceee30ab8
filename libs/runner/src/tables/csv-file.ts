import { open } from 'node:fs/promises';
import type { ParquetColumn } from '../datasets/index.js';
import { csvText } from './csv-text.js';
import { isoTimes } from './iso-time.js';
import type { ResultTable } from './result-tables.js';

const rowsPerWrite = 8192;

/** Writes a table as CSV: UTF-8, comma, LF, a header, times as ISO 8601 in UTC, numbers in their shortest exact form. */
export async function writeCsv(path: string, { rows, columns }: ResultTable): Promise<void> {
  const cells = columns.map(cellOf);
  const file = await open(path, 'w');
  try {
    await file.write(columns.map(({ name }) => name).join(',') + '\n');
    for (let from = 0; from < rows; from += rowsPerWrite) {
      const to = Math.min(from + rowsPerWrite, rows);
      let block = '';
      for (let row = from; row < to; row++) {
        block += cells[0]!(row);
        for (let c = 1; c < cells.length; c++) block += ',' + cells[c]!(row);
        block += '\n';
      }
      await file.write(block);
    }
  } finally {
    await file.close();
  }
}

function cellOf(column: ParquetColumn): (row: number) => string {
  if (column.type === 'text') return (row) => csvText(column.at(row));
  const { values } = column;
  if (column.type !== 'time') return (row) => String(values[row]);
  const iso = isoTimes();
  return (row) => iso(values[row]!);
}
