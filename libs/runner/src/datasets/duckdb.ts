import type { DuckDBConnection } from '@duckdb/node-api';

type DuckDB = typeof import('@duckdb/node-api');

/** Memory that DuckDB may take for its buffers; a scan or a copy of columns needs far less. */
const memoryLimit = '192MB';

/**
 * Lends a connection to a DuckDB of its own and ends both afterwards, so that its native memory, which V8's collector
 * does not see, goes back at once. It loads no extension and reaches no network. DuckDB itself is loaded when first asked
 * for: most runs find their columns in the cache.
 */
export async function withDuckDB<T>(use: (connection: DuckDBConnection, duckdb: DuckDB) => Promise<T>): Promise<T> {
  const duckdb = await import('@duckdb/node-api');
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit,
    threads: '2',
    autoload_known_extensions: 'false',
    autoinstall_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  try {
    const connection = await instance.connect();
    try {
      return await use(connection, duckdb);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** A file path as a SQL string that DuckDB does not read as a glob pattern. */
export function sqlPath(path: string): string {
  return sqlText(path.replace(/[*?[]/g, '[$&]'));
}

export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A query may have DuckDB say anything, at any length. */
const mostSaid = 1_000;

/** The first line of what DuckDB says went wrong, without the paths that it names; null for an error that is not DuckDB's. */
export function duckdbMessage(error: unknown): string | null {
  const message = String((error as Error | null)?.message).split('\n')[0]!;
  if (!/^[A-Z][\w ]*Error: /.test(message)) return null;
  return message.slice(0, mostSaid).replace(/["'][^"']*\/[^"']*["']/g, 'the file');
}
