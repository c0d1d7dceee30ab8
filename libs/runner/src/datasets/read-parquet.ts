import { collectGarbage } from './collect-garbage.js';
import { sqlName, sqlPath, withDuckDB } from './duckdb.js';
import { vectorItems } from './duckdb-vector.js';

const chunksBetweenCollections = 32;

/**
 * Streams float64 columns of a dataset's Parquet file, in its order, a chunk at a time. The arrays are DuckDB's own memory and hold
 * only until `onChunk` returns. `timeColumns` come as whole microseconds since the epoch, UTC.
 */
export async function readParquetColumns(
  path: string,
  names: readonly string[],
  timeColumns: readonly string[],
  onChunk: (columns: readonly Float64Array[], rows: number) => void,
): Promise<void> {
  const selected = names.map((name) =>
    timeColumns.includes(name) ? `epoch_us(${sqlName(name)})::DOUBLE` : `${sqlName(name)}::DOUBLE`,
  );
  await withDuckDB(async (connection) => {
    const result = await connection.stream(`SELECT ${selected.join(', ')} FROM read_parquet(${sqlPath(path)})`);
    let passed = 0;
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      const current = chunk;
      onChunk(
        names.map((_, index) => vectorItems(current, index)),
        current.rowCount,
      );
      if (++passed % chunksBetweenCollections === 0) collectGarbage();
    }
  });
}
