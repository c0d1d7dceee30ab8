import type { DuckDBDataChunk } from '@duckdb/node-api';
import { sqlText, withDuckDB } from './duckdb.js';
import { vectorBigints, vectorItems } from './duckdb-vector.js';

/** A column of a Parquet file. `time` values are whole microseconds since the epoch, UTC. */
export type ParquetColumn =
  | { readonly name: string; readonly type: 'float' | 'int' | 'time'; readonly values: Float64Array | Int32Array }
  | { readonly name: string; readonly type: 'text'; readonly at: (row: number) => string };

const chunkRows = 2048;

/** Writes columns of equal length as zstd Parquet. They stream into the file chunk by chunk, without a second copy in memory. */
export async function writeParquet(path: string, rows: number, columns: readonly ParquetColumn[]): Promise<void> {
  await withDuckDB(async (connection, { DOUBLE, DuckDBTableFunction, INTEGER, TIMESTAMPTZ, VARCHAR }) => {
    const duckTypes = { float: DOUBLE, int: INTEGER, time: TIMESTAMPTZ, text: VARCHAR };
    let written = 0;
    const source = DuckDBTableFunction.create({
      name: 'quarry_columns',
      bindFunction: (bind) => {
        for (const column of columns) bind.addResultColumn(column.name, duckTypes[column.type]);
        bind.setCardinality(rows, true);
      },
      initFunction: (init) => init.setMaxThreads(1),
      mainFunction: (_, chunk) => {
        const count = Math.min(chunkRows, rows - written);
        chunk.rowCount = count;
        if (count === 0) return;
        columns.forEach((column, index) => fill(chunk, index, column, written, count));
        written += count;
      },
    });
    connection.registerTableFunction(source);
    await connection.run(
      `COPY (SELECT * FROM quarry_columns()) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  });
}

function fill(chunk: DuckDBDataChunk, index: number, column: ParquetColumn, from: number, count: number): void {
  const vector = chunk.getColumnVector(index);
  if (column.type === 'text') {
    for (let i = 0; i < count; i++) vector.setItem(i, column.at(from + i));
  } else if (column.type === 'int') {
    for (let i = 0; i < count; i++) vector.setItem(i, column.values[from + i]!);
  } else if (column.type === 'time') {
    const { buffer, byteOffset } = vectorBigints(chunk, index);
    const halves = new Int32Array(buffer, byteOffset, count * 2);
    for (let i = 0; i < count; i++) {
      const value = column.values[from + i]!;
      if (value !== value) vector.setItem(i, null);
      else {
        // A 64-bit integer, low half first, without a BigInt for each of a million rows.
        halves[2 * i] = value;
        halves[2 * i + 1] = Math.floor(value / 4_294_967_296);
      }
    }
  } else {
    const items = vectorItems(chunk, index);
    for (let i = 0; i < count; i++) items[i] = column.values[from + i]!;
  }
  vector.flush();
}
