import type { DuckDBConnection } from '@duckdb/node-api';
import type { IngestOptions } from '@quarry/contracts';
import { DataRefused } from '../data-refused.js';
import { sqlName, sqlPath, withDuckDB } from '../duckdb.js';
import { vectorBigints, vectorItems } from '../duckdb-vector.js';
import { layoutFromHeader } from './header-layout.js';
import type { Layout } from './layout.js';
import { setEpoch, timeReader, type TimeFormat, type TimeRead } from './read-time.js';
import { Refusals } from './refusals.js';
import type { RowTable } from './row-table.js';
import { SeriesBuilder } from './series-builder.js';
import { refuseOpenOrder, refuseUnknownTime, sniffTime } from './sniff-time.js';
import { dateFromFileName, symbolFromFileName } from './symbol-name.js';

interface ParquetField {
  readonly name: string;
  readonly type: string;
}

const numberTypes = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|U\w*INT\w*|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/;

/** Reads a Parquet file's rows. Row numbers count from 1, since there is no header. */
export async function readParquetRows(path: string, options: IngestOptions, fileName: string): Promise<RowTable> {
  return withDuckDB(async (connection) => {
    const table = `read_parquet(${sqlPath(path)})`;
    const fields = await describe(connection, table, fileName);
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
    return {
      layout,
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

async function describe(connection: DuckDBConnection, table: string, fileName: string): Promise<ParquetField[]> {
  try {
    const result = await connection.run(`DESCRIBE SELECT * FROM ${table}`);
    const rows = await result.getRowsJS();
    return rows.map((row) => ({ name: String(row[0]), type: String(row[1]) }));
  } catch (error) {
    throw new DataRefused(`${fileName} is no readable Parquet file: ${firstLine(error)} Fetch or write it again.`);
  }
}

/** How the time column is read: as whole steps of an epoch (SQL gives integers), or as text. */
interface TimeColumn {
  readonly sql: string;
  readonly kind: 'steps' | 'text';
  readonly format: TimeFormat;
  readonly isUtc: boolean;
  readonly isDate: boolean;
  readonly note: string | null;
}

async function timeColumn(
  connection: DuckDBConnection,
  table: string,
  { name, type }: ParquetField,
  options: IngestOptions,
  fileName: string,
): Promise<TimeColumn> {
  const column = sqlName(name);
  const steps = (sql: string, unit: number, isUtc: boolean, isDate = false): TimeColumn => ({
    ...{ sql: `${sql}::BIGINT`, kind: 'steps', format: { kind: 'epoch', unit }, isUtc, isDate, note: null },
  });
  if (type === 'TIMESTAMP WITH TIME ZONE') return steps(`epoch_us(${column})`, 1, true);
  if (type === 'TIMESTAMP_NS') return steps(`epoch_ns(${column})`, 0.001, false);
  if (type.startsWith('TIMESTAMP')) return steps(`epoch_us(${column}::TIMESTAMP)`, 1, false);
  if (type === 'DATE') return steps(`epoch_us(${column}::TIMESTAMP)`, 1, false, true);
  const result = await connection.run(`SELECT ${column}::VARCHAR FROM ${table} WHERE ${column} IS NOT NULL LIMIT 1000`);
  const cells = (await result.getRowsJS()).map(([cell]) => String(cell));
  const sniffed = sniffTime(cells, dateFromFileName(fileName));
  if (sniffed.format === null) throw refuseUnknownTime(fileName, name, cells);
  if (sniffed.format === 'undecided-order') {
    if (!options.dateOrder) throw refuseOpenOrder(fileName, cells[0] ?? '');
    return {
      sql: `${column}::VARCHAR`,
      kind: 'text',
      format: { kind: 'numeric', order: options.dateOrder },
      isUtc: false,
      isDate: false,
      note: null,
    };
  }
  const { format, note } = sniffed;
  const isUtc = format.kind === 'epoch' || /utc|gmt/i.test(name);
  return { sql: `${column}::VARCHAR`, kind: 'text', format, isUtc, isDate: false, note };
}

async function read(
  connection: DuckDBConnection,
  table: string,
  fields: readonly ParquetField[],
  layout: Layout,
  times: TimeColumn,
  symbol: string,
): Promise<Pick<RowTable, 'series' | 'refusals' | 'rowsRead' | 'flooredTimes' | 'datesOnly'>> {
  const numbers = [...layout.required, ...layout.optional];
  const number = (place: number) => `coalesce(TRY_CAST(${sqlName(fields[place]!.name)} AS DOUBLE), 'NaN'::DOUBLE)`;
  const name = layout.symbol === null ? sqlText0 : `coalesce(${sqlName(fields[layout.symbol]!.name)}::VARCHAR, '')`;
  const missing = times.kind === 'steps' ? `coalesce(${times.sql}, ${noTime})` : `coalesce(${times.sql}, '')`;
  const result = await connection.stream(
    `SELECT ${[missing, name, ...numbers.map(({ place }) => number(place))].join(', ')} FROM ${table}`,
  );
  const series = new Map<string, SeriesBuilder>();
  const refusals = new Refusals();
  const values = new Float64Array(numbers.length);
  const into: TimeRead = { stamp: 0, offset: NaN, hasTime: false, floored: false };
  const readText = timeReader(times.format, into);
  let row = 0;
  let flooredTimes = 0;
  let datesOnly = true;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const count = chunk.rowCount;
    const steps = times.kind === 'steps' ? vectorBigints(chunk, 0) : null;
    const texts = chunk.getColumnVector(0);
    const symbols = chunk.getColumnVector(1);
    const current = chunk;
    const columns = numbers.map((_, k) => vectorItems(current, k + 2));
    for (let i = 0; i < count; i++) {
      row++;
      const cell = steps ? String(steps[i]) : String(texts.getItem(i));
      const bytes = steps ? null : Buffer.from(cell);
      const timed = steps
        ? steps[i]! !== noTime && setEpoch(steps[i]!, 0, (times.format as { unit: number }).unit, into)
        : readText(bytes!, 0, bytes!.length);
      numbers.forEach((_, k) => (values[k] = columns[k]![i]!));
      const lacking = layout.required.find((_, k) => !Number.isFinite(values[k]));
      const key = layout.symbol === null ? symbol : String(symbols.getItem(i));
      const reason = !timed
        ? 'has no time'
        : lacking
          ? `has no number for ${lacking.name}`
          : key === ''
            ? 'has no symbol'
            : null;
      if (reason !== null) {
        refusals.add(row, reason, [cell, ...values].join(', '));
        continue;
      }
      if (into.floored) flooredTimes++;
      if (steps ? !times.isDate : into.hasTime) datesOnly = false;
      if (steps && !times.isUtc) into.offset = NaN;
      let builder = series.get(key);
      if (!builder) series.set(key, (builder = new SeriesBuilder(key.slice(0, 100), numbers.length)));
      builder.add(into.stamp, into.offset, row, values);
    }
  }
  return { series: [...series.values()], refusals, rowsRead: row, flooredTimes, datesOnly };
}

const noTime = -9_223_372_036_854_775_807n;
const sqlText0 = "''";

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .split('\n')[0]!
    .replace(/"[^"]*\/[^"]*"/g, 'the file');
}
