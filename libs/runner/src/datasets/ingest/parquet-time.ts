import type { DuckDBConnection } from '@duckdb/node-api';
import type { IngestOptions } from '@quarry/contracts';
import type { TimeColumn } from './column-rows.js';
import { sniffedColumn } from './sniffed-column.js';

export interface ParquetField {
  readonly name: string;
  /** Its place, as SQL says it: what a file calls its columns is no part of any statement. */
  readonly column: string;
  /** DuckDB's name of the type, such as `TIMESTAMP WITH TIME ZONE`. */
  readonly type: string;
}

/** How a time column is read: as whole steps of an epoch (SQL gives 64-bit integers), or as text. */
export interface ParquetTime extends TimeColumn {
  readonly sql: string;
  readonly kind: 'steps' | 'text';
}

/** Tells how to read a column of times, by its type or, for figures and text, by its first values. */
export async function timeColumn(
  connection: DuckDBConnection,
  table: string,
  { name, column, type }: ParquetField,
  options: IngestOptions,
  fileName: string,
): Promise<ParquetTime> {
  const steps = (sql: string, unit: number, isUtc: boolean, isDate = false): ParquetTime => ({
    ...{ sql: `${sql}::BIGINT`, kind: 'steps', format: { kind: 'epoch', unit }, isUtc, isDate, note: null },
  });
  if (type === 'TIMESTAMP WITH TIME ZONE') return steps(`epoch_us(${column})`, 1, true);
  if (type === 'TIMESTAMP_NS') return steps(`epoch_ns(${column})`, 0.001, false);
  if (type.startsWith('TIMESTAMP')) return steps(`epoch_us(${column}::TIMESTAMP)`, 1, false);
  if (type === 'DATE') return steps(`epoch_us(${column}::TIMESTAMP)`, 1, false, true);
  const result = await connection.run(`SELECT ${column}::VARCHAR FROM ${table} WHERE ${column} IS NOT NULL LIMIT 1000`);
  const cells = (await result.getRowsJS()).map(([cell]) => String(cell));
  return { sql: `${column}::VARCHAR`, kind: 'text', ...sniffedColumn(cells, name, options, fileName) };
}
