import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';

import type { IngestOptions } from '@quarry/contracts';
import { collectGarbage } from '../collect-garbage.js';
import { DataRefused } from '../data-refused.js';
import { duckdbMessage, sqlName, sqlPath, withDuckDB } from '../duckdb.js';
import { vectorBigints, vectorItems } from '../duckdb-vector.js';
import { parquetReading } from './file-reading.js';
import { layoutFromHeader } from './header-layout.js';
import type { Layout } from './layout.js';
import { timeColumn, type ParquetField, type TimeColumn } from './parquet-time.js';
import { setEpoch, timeReader, type TimeRead } from './read-time.js';
import { Refusals } from './refusals.js';
import { mostRows, refuseTooManyRows } from './row-limit.js';
import type { RowTable } from './row-table.js';
import { SeriesBuilder } from './series-builder.js';
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
    const table = `read_parquet(${sqlPath(path)})`;
    const fields = await describe(connection, table);
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
      reading: parquetReading(header, await firstRows(connection, table), layout),
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

async function describe(connection: DuckDBConnection, table: string): Promise<ParquetField[]> {
  const result = await connection.run(`DESCRIBE SELECT * FROM ${table}`);
  const rows = await result.getRowsJS();
  return rows.map((row) => ({ name: String(row[0]), type: String(row[1]) }));
}

/** Stands for a null in a column of epoch steps; no time has it. */
const noTime = -9_223_372_036_854_775_807n;

type Rows = Pick<RowTable, 'series' | 'refusals' | 'rowsRead' | 'mergedRows' | 'flooredTimes' | 'datesOnly'>;

async function read(
  connection: DuckDBConnection,
  table: string,
  fields: readonly ParquetField[],
  layout: Layout,
  times: TimeColumn,
  symbol: string,
): Promise<Rows> {
  const numbers = [...layout.required, ...layout.optional];
  const number = (place: number) => `coalesce(TRY_CAST(${sqlName(fields[place]!.name)} AS DOUBLE), 'NaN'::DOUBLE)`;
  const selected = [
    times.kind === 'steps' ? `coalesce(${times.sql}, ${noTime})` : `coalesce(${times.sql}, '')`,
    layout.symbol === null ? "''" : `coalesce(${sqlName(fields[layout.symbol]!.name)}::VARCHAR, '')`,
    ...numbers.map(({ place }) => number(place)),
  ];
  const result = await connection.stream(`SELECT ${selected.join(', ')} FROM ${table}`);
  const rows = new ParquetRows(layout, times, symbol);
  let passed = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    rows.take(chunk);
    if (++passed % 32 === 0) collectGarbage();
  }
  return rows.table();
}

/** Takes chunks of (time, symbol, numbers …) into series, or refuses their rows one by one. */
class ParquetRows {
  readonly #series = new Map<string, SeriesBuilder>();
  readonly #refusals = new Refusals();
  readonly #time: TimeRead = { stamp: 0, offset: NaN, hasTime: false, floored: false };
  readonly #readText: ReturnType<typeof timeReader>;
  readonly #values: Float64Array;
  #row = 0;
  #floored = 0;
  #datesOnly = true;

  constructor(
    private readonly layout: Layout,
    private readonly times: TimeColumn,
    private readonly symbol: string,
  ) {
    this.#readText = timeReader(times.format, this.#time);
    this.#values = new Float64Array(layout.required.length + layout.optional.length);
  }

  take(chunk: DuckDBDataChunk): void {
    const { layout, times } = this;
    refuseTooManyRows(this.#row + chunk.rowCount, mostRows(this.#values.length));
    const steps = times.kind === 'steps' ? vectorBigints(chunk, 0) : null;
    const texts = chunk.getColumnVector(0);
    const symbols = chunk.getColumnVector(1);
    const columns = Array.from(this.#values, (_, k) => vectorItems(chunk, k + 2));
    for (let i = 0; i < chunk.rowCount; i++) {
      this.#row++;
      columns.forEach((column, k) => (this.#values[k] = column[i]!));
      const cell = steps ? steps[i]! : String(texts.getItem(i));
      const symbol = layout.symbol === null ? this.symbol : String(symbols.getItem(i));
      const reason = this.#reasonAgainst(cell, symbol);
      if (reason === null) this.#add(symbol);
      else this.#refusals.add(this.#row, reason, [cell, ...this.#values].join(', '));
    }
  }

  table(): Rows {
    return {
      series: [...this.#series.values()],
      refusals: this.#refusals,
      rowsRead: this.#row,
      mergedRows: 0,
      flooredTimes: this.#floored,
      datesOnly: this.#datesOnly,
    };
  }

  #reasonAgainst(cell: bigint | string, symbol: string): string | null {
    const { required, optional } = this.layout;
    if (!this.#readTime(cell)) return 'has no time';
    const lacking = required.find((_, k) => !Number.isFinite(this.#values[k]));
    if (lacking) return `has no number for ${lacking.name}`;
    const volume = this.#values[required.length]!;
    if (optional[0]?.name === 'volume' && volume < 0) return `has the volume ${volume}, which is negative`;
    return symbol === '' ? 'has no symbol' : null;
  }

  #readTime(cell: bigint | string): boolean {
    const { format, isUtc } = this.times;
    if (typeof cell === 'string') {
      const bytes = Buffer.from(cell);
      return this.#readText(bytes, 0, bytes.length);
    }
    if (cell === noTime || format.kind !== 'epoch' || !setEpoch(cell, 0, format.unit, this.#time)) return false;
    if (!isUtc) this.#time.offset = NaN;
    return true;
  }

  #add(symbol: string): void {
    const { stamp, offset, hasTime, floored } = this.#time;
    if (floored) this.#floored++;
    if (hasTime && !this.times.isDate) this.#datesOnly = false;
    let builder = this.#series.get(symbol);
    if (!builder) {
      builder = new SeriesBuilder(symbol.slice(0, 100), this.#values.length);
      this.#series.set(symbol, builder);
    }
    builder.add(stamp, offset, this.#row, this.#values);
  }
}
