import { writeSync } from 'node:fs';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { DuckDBInstance, StatementType, type DuckDBConnection } from '@duckdb/node-api';
import { makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct } from 'apache-arrow';
import { duckdbMessage, sqlText } from '../duckdb.js';
import { AnswerBytes } from './answer-bytes.js';
import { arrowColumn } from './arrow-column.js';
import { verdictDescriptor, type QueryOrder, type QueryVerdict } from './query-order.js';

/* The process that runs a user's SQL. It hears one order, writes the answer to its standard output, and says how it ended. */

/** A query that is not run, with the reason. */
class QueryRefused extends Error {}

const order = JSON.parse(await text(process.stdin)) as QueryOrder;
const verdict = await answer(order).catch((error: unknown): QueryVerdict => {
  const message = error instanceof QueryRefused ? error.message : duckdbMessage(error);
  if (message === null) throw error;
  return { type: 'refused', message };
});
writeSync(verdictDescriptor, JSON.stringify(verdict));

async function answer({ sql, rows, memoryMb, series }: QueryOrder): Promise<QueryVerdict> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryMb}MB`,
    threads: '2',
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  await openBars(connection, series);
  await lock(connection, series);

  const statements = await connection.extractStatements(sql).catch((error: unknown) => {
    throw new QueryRefused(unreadable(error));
  });
  if (statements.count !== 1) {
    throw new QueryRefused(`The query has ${statements.count} statements. Send one SELECT at a time.`);
  }
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT) {
    throw new QueryRefused(
      `The query is of the kind ${StatementType[statement.statementType]}. Only SELECT is run: nothing can be changed, written or set.`,
    );
  }
  const result = await statement.stream();
  const columns = result.deduplicatedColumnNames().map((name, k) => arrowColumn(name, result.columnType(k)));
  const schema = new Schema(columns.map(({ field }) => field));
  const bytes = new AnswerBytes();
  const writer = new RecordBatchStreamWriter();
  writer.reset(bytes, schema);
  let length = 0;
  let cut = false;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0 && !cut; chunk = await result.fetchChunk()) {
    const current = chunk;
    const taken = Math.min(current.rowCount, rows - length);
    const children = columns.map((column, k) => column.data(current.getColumnValues(k).slice(0, taken)));
    const type = new Struct(schema.fields);
    writer.write(new RecordBatch(schema, makeData({ type, length: taken, nullCount: 0, children })));
    /* Before the next is made: whoever reads ends the process of an answer that is too long, long before it takes memory. */
    await write(bytes.take());
    length += taken;
    cut = taken < current.rowCount;
  }
  writer.finish();
  await write(bytes.take());
  return { type: 'done', rows: length, columns: columns.length, cut };
}

/** Makes the one table that there is. Nothing that a user named reaches the SQL: symbols are values. */
async function openBars(connection: DuckDBConnection, series: QueryOrder['series']): Promise<void> {
  await connection.run('CREATE TABLE quarry_series (file VARCHAR, symbol VARCHAR, "interval" VARCHAR)');
  for (const { file, symbol, interval } of series) {
    await connection.run('INSERT INTO quarry_series VALUES ($1, $2, $3)', [file, symbol, interval]);
  }
  const files = series.map(({ file }) => sqlText(file)).join(', ');
  await connection.run(
    `CREATE VIEW bars AS SELECT of.symbol, of."interval", columns.* EXCLUDE (filename)
     FROM read_parquet([${files}], union_by_name = true, filename = true) AS columns
     JOIN quarry_series AS of ON of.file = columns.filename`,
  );
}

/** From here on the SQL reaches these files, for reading, and nothing else. */
async function lock(connection: DuckDBConnection, series: QueryOrder['series']): Promise<void> {
  const files = series.map(({ file }) => sqlText(file)).join(', ');
  await connection.run(`SET allowed_paths = [${files}]`);
  await connection.run(`SET temp_directory = ''`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

/** What the parser said. Of a text with no statement in it, it says nothing that can be told. */
function unreadable(error: unknown): string {
  const said = String((error as Error).message).replace(/^Failed to extract statements: /, '');
  return duckdbMessage(new Error(said)) ?? 'The query holds no statement. Send one SELECT.';
}

function write(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
