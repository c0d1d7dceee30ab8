import type { EntityManager } from 'typeorm';
import { asOwner } from './as-owner.js';
import { keepsRawFile } from './raw-files.js';

const batch = 500;

/** Rows of one table, as the text of a JSON array. */
export interface BackedUpRows {
  readonly table: string;
  readonly rows: string;
}

export interface Snapshot {
  /** The names of the migrations that made the schema, in order. */
  readonly schema: readonly string[];
  /** Keys of all artifacts that the rows refer to. */
  readonly keys: readonly string[];
}

/**
 * Every row of every table as of one moment (REPEATABLE READ), in an order in which they can be written again: what is
 * referred to first. Nobody who works meanwhile waits for it. The queue is left out: it is made anew of what waits.
 */
export function backUpRows(
  ownerUrl: string,
  write: (rows: BackedUpRows, count: number) => Promise<void>,
): Promise<Snapshot> {
  return asOwner(ownerUrl, (owner) =>
    owner.transaction('REPEATABLE READ', async (manager) => {
      await manager.query('SET TRANSACTION READ ONLY');
      for (const table of await tablesInOrder(manager)) {
        await manager.query(
          `DECLARE backed_up NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS row FROM ${table} t`,
        );
        for (;;) {
          const found = await manager.query<{ row: string }[]>(`FETCH ${batch} FROM backed_up`);
          if (found.length === 0) break;
          await write({ table, rows: `[${found.map(({ row }) => row).join(',')}]` }, found.length);
        }
        await manager.query('CLOSE backed_up');
      }
      const keys = await manager.query<{ key: string }[]>(
        `SELECT key FROM artifact
         UNION SELECT file ->> 'key' FROM dataset_version, jsonb_array_elements(files) AS file
         UNION SELECT jsonb_array_elements_text(work -> 'input' -> 'keys') FROM run AS reader WHERE ${keepsRawFile('now()')}
         UNION SELECT jsonb_array_elements_text(parts) FROM upload
         UNION SELECT found ->> 'key' FROM slice JOIN run ON run.id = run_id
           WHERE found IS NOT NULL AND run.state IN ('queued', 'running', 'failed') ORDER BY 1`,
      );
      return { schema: await schemaOf(manager), keys: keys.map(({ key }) => key) };
    }),
  );
}

/**
 * Writes the rows of a backup into a database that was just migrated and holds none: all of them or, where anything
 * fails, nothing.
 */
export function restoreRows(ownerUrl: string, batches: AsyncIterable<BackedUpRows>): Promise<void> {
  return asOwner(ownerUrl, (owner) =>
    owner.transaction(async (manager) => {
      const known = new Set(await tablesInOrder(manager));
      // The one row that a schema is made with: the backup has its own.
      await manager.query('DELETE FROM cluster');
      for await (const { table, rows } of batches) {
        if (!known.has(table)) throw new Error(`The backup has rows of a table "${table}", which this schema has not.`);
        const columns = (await columnsOf(manager, table)).join(', ');
        await manager.query(
          `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE
           SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
          [rows],
        );
      }
      for (const table of known) await continueNumbers(manager, table);
    }),
  );
}

/** What a database was brought to, and whether anybody lives in it. */
export function stateOf(ownerUrl: string): Promise<{ readonly schema: readonly string[]; readonly isEmpty: boolean }> {
  return asOwner(ownerUrl, (owner) =>
    owner.transaction(async (manager) => {
      const [row] = await manager.query<{ users: number }[]>('SELECT count(*)::int AS users FROM app_user');
      return { schema: await schemaOf(manager), isEmpty: row?.users === 0 };
    }),
  );
}

async function schemaOf(manager: EntityManager): Promise<string[]> {
  const rows = await manager.query<{ name: string }[]>('SELECT name FROM schema_migration ORDER BY timestamp');
  return rows.map(({ name }) => name);
}

/** What tells of this system's own processes and of the last minute. */
const passing = ['schema_migration', 'worker', 'request_bucket'];

/** All tables but those that speak of now, those that others refer to first. */
async function tablesInOrder(manager: EntityManager): Promise<string[]> {
  const rows = await manager.query<{ name: string; needs: string[] }[]>(
    `SELECT relname AS name, array(
       SELECT confrelid::regclass::text FROM pg_constraint
       WHERE conrelid = pg_class.oid AND contype = 'f' AND confrelid <> conrelid) AS needs
     FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL($1)
     ORDER BY relname`,
    [passing],
  );
  const ordered: string[] = [];
  while (ordered.length < rows.length) {
    const next = rows.filter(
      ({ name, needs }) => !ordered.includes(name) && needs.every((needed) => ordered.includes(needed)),
    );
    if (next.length === 0) throw new Error('Tables refer to each other in a circle; no order can write them.');
    ordered.push(...next.map(({ name }) => name));
  }
  return ordered;
}

async function columnsOf(manager: EntityManager, table: string): Promise<string[]> {
  const rows = await manager.query<{ name: string }[]>(
    `SELECT quote_ident(attname) AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** Counters go on after the highest number that was restored. */
async function continueNumbers(manager: EntityManager, table: string): Promise<void> {
  const columns = await manager.query<{ name: string; sequence: string }[]>(
    `SELECT quote_ident(attname) AS name, pg_get_serial_sequence($1, attname) AS sequence FROM pg_attribute
     WHERE attrelid = $1::regclass AND attidentity <> '' AND NOT attisdropped`,
    [table],
  );
  for (const { name, sequence } of columns) {
    await manager.query(`SELECT setval($1, coalesce((SELECT max(${name}) FROM ${table}), 0) + 1, false)`, [sequence]);
  }
}
