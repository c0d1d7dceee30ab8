import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';

import type { IngestOptions } from '@quarry/contracts';
import { collectGarbage } from '../collect-garbage.js';
import { DataRefused } from '../data-refused.js';
import { duckdbMessage, sqlPath, withDuckDB } from '../duckdb.js';
import { vectorBigints, vectorItems } from '../duckdb-vector.js';
import { ColumnRows, type ColumnChunk } from './column-rows.js';
import { columnsReading } from './file-reading.js';
import { layoutFromHeader } from './header-layout.js';
import type { Layout } from './layout.js';
import { timeColumn, type ParquetField, type ParquetTime } from './parquet-time.js';
import type { RowTable } from './row-table.js';
import { symbolFromFileName } from './symbol-name.js';

const numberTypes = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w*INT\w*|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/;

/** Reads a Parquet file's rows. Row numbers count from 1, since there is no header. */
export async function readParquetRows(path: string, options: IngestOptions, fileName: string): Promise<RowTable> {
  try {
    return await readRows(path, options, fileName);
  } catch (error) {
    const said = duckdbMessage(error);
    if (said === null) throw error;
    throw new DataRefused(`${fileName} cannot be read as Parquet (${said}). It is damaged; fetch or write it again.`);
  }
}

function readRows(path: string, options: IngestOptions, fileName: string): Promise<RowTable> {
  return withDuckDB(async (connection) => {
    const file = `read_parquet(${sqlPath(path)})`;
    const fields = await describe(connection, file);
    const table = `${file} AS file(${fields.map(({ column }) => column).join(', ')})`;
    const stated = layoutFromHeader(
      fields.map(({ name }) => name),
      options.columns,
      fileName,
    );
    const typeAt = (place: number) => fields[place]!.type;
    const dropped = stated.optional.filter(({ place }) => !numberTypes.test(typeAt(place)));
    const layout: Layout = { ...stated, optional: stated.optional.filter((column) => !dropped.includes(column)) };
    const time = fields[layout.time]!;
    const times = await timeColumn(connection, table, time, options, fileName);
    const symbol = options.symbol ?? symbolFromFileName(fileName);
    const rows = await read(connection, table, fields, layout, times, symbol);
    const header = fields.map(({ name }) => name);
    return {
      layout,
      reading: columnsReading('parquet', header, await firstRows(connection, table), layout),
      ...rows,
      statedZone: times.isUtc ? 'UTC' : null,
      notes: [
        ...layout.notes,
        ...(times.note ? [times.note] : []),
        ...(dropped.length > 0
          ? [`Left out, since not numbers: ${dropped.map(({ title }) => title).join(', ')}.`]
          : []),
      ],
    };
  });
}

async function firstRows(connection: DuckDBConnection, table: string): Promise<string[][]> {
  const result = await connection.run(`SELECT coalesce(COLUMNS(*)::VARCHAR, '') FROM ${table} LIMIT 10`);
  return (await result.getRowsJS()).map((row) => row.map(String));
}

async function describe(connection: DuckDBConnection, file: string): Promise<ParquetField[]> {
  const result = await connection.run(`DESCRIBE SELECT * FROM ${file}`);
  const rows = await result.getRowsJS();
  return rows.map((row, place) => ({ name: String(row[0]), column: `c${place}`, type: String(row[1]) }));
}

/** Stands for a null in a column of epoch steps; no time has it. */
const noTime = -9_223_372_036_854_775_807n;

async function read(
  connection: DuckDBConnection,
  table: string,
  fields: readonly ParquetField[],
  layout: Layout,
  times: ParquetTime,
  symbol: string,
): Promise<ReturnType<ColumnRows['table']>> {
  const numbers = [...layout.required, ...layout.optional];
  const number = (place: number) => `coalesce(TRY_CAST(${fields[place]!.column} AS DOUBLE), 'NaN'::DOUBLE)`;
  const selected = [
    times.kind === 'steps' ? `coalesce(${times.sql}, ${noTime})` : `coalesce(${times.sql}, '')`,
    layout.symbol === null ? "''" : `coalesce(${fields[layout.symbol]!.column}::VARCHAR, '')`,
    ...numbers.map(({ place }) => number(place)),
  ];
  const result = await connection.stream(`SELECT ${selected.join(', ')} FROM ${table}`);
  const rows = new ColumnRows(layout, times);
  let passed = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    rows.take(columnChunk(chunk, layout, times, symbol));
    if (++passed % 32 === 0) collectGarbage();
  }
  return rows.table();
}

function columnChunk(chunk: DuckDBDataChunk, layout: Layout, times: ParquetTime, symbol: string): ColumnChunk {
  const steps = times.kind === 'steps' ? vectorBigints(chunk, 0) : null;
  const texts = chunk.getColumnVector(0);
  const symbols = chunk.getColumnVector(1);
  return {
    rows: chunk.rowCount,
    time: (row) => (steps ? (steps[row] === noTime ? null : steps[row]!) : String(texts.getItem(row))),
    symbol: layout.symbol === null ? () => symbol : (row) => String(symbols.getItem(row)),
    numbers: [...layout.required, ...layout.optional].map((_, k) => vectorItems(chunk, k + 2)),
  };
}
