import type { DuckDBDataChunk } from '@duckdb/node-api';

/**
 * A vector's memory as it lies in DuckDB: the only fast way in and out, value by value costs five times more. The
 * binding keeps it private, so the shape is checked here and nowhere else.
 */
export function vectorItems(chunk: DuckDBDataChunk, column: number): Float64Array {
  const { items } = chunk.getColumnVector(column) as unknown as { items?: Float64Array };
  if (items?.constructor.name !== 'Float64Array')
    throw new Error(`Column ${column} of the chunk is no float64 column.`);
  return items;
}

/** The same for 64-bit integers and times. */
export function vectorBigints(chunk: DuckDBDataChunk, column: number): BigInt64Array {
  const { items } = chunk.getColumnVector(column) as unknown as { items?: BigInt64Array };
  if (items?.constructor.name !== 'BigInt64Array')
    throw new Error(`Column ${column} of the chunk is no 64-bit column.`);
  return items;
}
