import { sqlPath, withDuckDB } from './duckdb.js';

/** The rows of a Parquet file that is small enough for memory, each as its values by column, as JSON holds them. */
export async function readRows(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  let rows: readonly Readonly<Record<string, unknown>>[] = [];
  await withDuckDB(async (connection) => {
    const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet(${sqlPath(path)})`);
    rows = reader.getRowObjectsJson();
  });
  return rows;
}
