import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTemporaryPostgres, type EmbeddedPostgres } from '@quarry/platform/embedded';
import { Client } from 'pg';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { teamTables } from './migrations/security.js';
import { queueRun } from './queue-run.js';
import { roleUrl } from './roles.js';
import { seed } from './seed.js';

let server: EmbeddedPostgres;
let owner: Client;
let appUrl: string;
let workerUrl: string;
const mine = randomUUID();
const theirs = randomUUID();

beforeAll(async () => {
  server = await startTemporaryPostgres();
  await migrate(server.ownerUrl, server.passwords);
  await migrate(server.ownerUrl, server.passwords);
  appUrl = roleUrl(server.ownerUrl, 'quarry_app', server.passwords.app);
  workerUrl = roleUrl(server.ownerUrl, 'quarry_worker', server.passwords.worker);
  owner = await connected(server.ownerUrl);
  await owner.query(`INSERT INTO team (id, name) VALUES ($1, 'mine'), ($2, 'theirs')`, [mine, theirs]);

  const database = await Database.connect(appUrl, { applicationName: 'spec' });
  for (const team of [mine, theirs]) await database.inTeam(team, (scope) => oneOfEach(scope.rows.bind(scope), team));
  await database.close();
}, 60_000);

afterAll(async () => {
  await owner.end();
  await server.stop();
});

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

type Rows = <T>(sql: string, parameters?: readonly unknown[]) => Promise<T[]>;

/** A row in every table that the application may write. */
async function oneOfEach(rows: Rows, team: string): Promise<void> {
  const hash = 'a'.repeat(64);
  const [strategy] = await rows<{ id: string }>(
    `INSERT INTO strategy (team_id, name, latest_version) VALUES ($1, 'one', $2) RETURNING id`,
    [team, hash],
  );
  await rows(
    `INSERT INTO strategy_version (team_id, strategy_id, hash, number, source, check_run_id) VALUES ($1, $2, $3, 1, '{}', $4)`,
    [team, strategy?.id, hash, randomUUID()],
  );
  await rows(`INSERT INTO dataset (team_id, name, ingest_run_id) VALUES ($1, 'one', $2)`, [team, randomUUID()]);
}

describe('SAFETY bar 32: row level security', () => {
  test.each(['quarry_app', 'quarry_worker', 'quarry_relay'])('%s owns no table and passes no policy', async (role) => {
    const { rows } = await owner.query<{ rolsuper: boolean; rolbypassrls: boolean; owned: number }>(
      `SELECT rolsuper, rolbypassrls, (SELECT count(*)::int FROM pg_class WHERE relowner = pg_roles.oid) AS owned
       FROM pg_roles WHERE rolname = $1`,
      [role],
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, owned: 0 }]);
  });

  test('every table with a team_id is enabled and forced, and the list of team tables names them all', async () => {
    const { rows } = await owner.query<{ name: string; enabled: boolean; forced: boolean }>(
      `SELECT relname AS name, relrowsecurity AS enabled, relforcerowsecurity AS forced FROM pg_class
       JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'team_id' WHERE relkind = 'r' ORDER BY 1`,
    );
    expect(rows).toEqual([...teamTables].sort().map((name) => ({ name, enabled: true, forced: true })));
  });

  test('a query without WHERE shows the own team only, and without a team nothing', async () => {
    const seen: Record<string, unknown> = {};
    for (const url of [appUrl, workerUrl]) {
      const client = await connected(url);
      for (const table of [...teamTables, 'team', 'app_user']) {
        const granted = await client.query<{ yes: boolean }>(`SELECT has_table_privilege($1, 'SELECT') AS yes`, [
          table,
        ]);
        if (granted.rows[0]?.yes !== true) continue;
        const column = table === 'team' ? 'id' : table === 'app_user' ? 'id' : 'team_id';
        const without = await client.query(`SELECT * FROM ${table}`);
        await client.query('BEGIN');
        await client.query(`SELECT set_config('app.team_id', $1, true)`, [mine]);
        const within = await client.query<{ owner: string }>(`SELECT ${column} AS owner FROM ${table}`);
        await client.query('COMMIT');
        const after = await client.query(`SELECT * FROM ${table}`);
        const foreign = within.rows.filter((row) => row.owner !== mine).length;
        if (without.rowCount !== 0 || after.rowCount !== 0 || foreign !== 0) seen[table] = { without, foreign };
      }
      await client.end();
    }
    expect(seen).toEqual({});
  });

  test('a row cannot be written into another team, nor moved there', async () => {
    const client = await connected(appUrl);
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.team_id', $1, true)`, [mine]);
    await expect(
      client.query(`INSERT INTO dataset (team_id, name, ingest_run_id) VALUES ($1, 'two', gen_random_uuid())`, [
        theirs,
      ]),
    ).rejects.toThrow('row-level security');
    await client.query('ROLLBACK');
    await expect(client.query(`UPDATE strategy SET team_id = $1`, [theirs])).rejects.toThrow('permission denied');
    await client.end();
  });

  test('the relay sees ids of waiting slices and no word of what they hold', async () => {
    const client = await connected(appUrl);
    await client.query('BEGIN; SET LOCAL ROLE quarry_relay');
    await client.query('SAVEPOINT before');
    for (const statement of [
      'SELECT * FROM run',
      'SELECT * FROM strategy_version',
      'SELECT password_hash FROM app_user',
    ]) {
      await expect(client.query(statement)).rejects.toThrow('permission denied');
      await client.query('ROLLBACK TO before');
    }
    await client.query('ROLLBACK');
    await client.end();
  });

  test('the worker reads no user, password or session', async () => {
    const client = await connected(workerUrl);
    for (const table of ['app_user', 'session', 'membership', 'sign_in_window']) {
      await expect(client.query(`SELECT * FROM ${table}`)).rejects.toThrow('permission denied');
    }
    await client.end();
  });

  test('two teams on a pool of two, many at once: no row crosses', async () => {
    const database = await Database.connect(appUrl, { applicationName: 'spec', poolSize: 2 });
    const until = performance.now() + 2_000;
    let asked = 0;
    const lane = async (team: string): Promise<number> => {
      let foreign = 0;
      while (performance.now() < until) {
        const rows = await database.inTeam(team, (scope) =>
          scope.rows<{ team_id: string }>('SELECT team_id FROM strategy'),
        );
        foreign += rows.filter((row) => row.team_id !== team).length + (rows.length === 1 ? 0 : 1);
        asked += 1;
      }
      return foreign;
    };
    const lanes = await Promise.all(Array.from({ length: 200 }, (_, index) => lane(index % 2 ? mine : theirs)));
    await database.close();
    expect({ foreign: lanes.reduce((sum, foreign) => sum + foreign, 0), enough: asked > 200 }).toEqual({
      foreign: 0,
      enough: true,
    });
  });
});

test('a strategy version cannot be changed, its check report can be filled in', async () => {
  const worker = await connected(workerUrl);
  await worker.query('BEGIN');
  await worker.query(`SELECT set_config('app.team_id', $1, true)`, [mine]);
  expect((await worker.query(`UPDATE strategy_version SET check_report = '{}'`)).rowCount).toBe(1);
  await expect(worker.query(`UPDATE strategy_version SET source = '{}'`)).rejects.toThrow('permission denied');
  await worker.end();
});

test('the admin is seeded once, and the credentials are told once', async () => {
  const first = await seed(server.ownerUrl);
  const second = await seed(server.ownerUrl);
  expect([first?.email, second]).toEqual(['admin@quarry.local', null]);
});

test('a run that is queued has its slice, its first event and its outbox row, or nothing at all', async () => {
  const database = await Database.connect(appUrl, { applicationName: 'spec' });
  const work = { kind: 'check', strategyVersion: 'a'.repeat(64) } as const;
  const count = (): Promise<unknown[]> =>
    database.inTeam(mine, (scope) =>
      scope.rows(`SELECT (SELECT count(*)::int FROM run) AS runs, (SELECT count(*)::int FROM slice) AS slices,
        (SELECT count(*)::int FROM run_event) AS events, (SELECT count(*)::int FROM outbox) AS outbox`),
    );
  await expect(
    database.inTeam(mine, async (scope) => {
      await queueRun(scope, { work, createdBy: null });
      throw new Error('the process dies here');
    }),
  ).rejects.toThrow('dies here');
  const before = await count();
  await database.inTeam(mine, (scope) => queueRun(scope, { work, createdBy: null }));
  const after = await count();
  await database.close();
  expect([before, after]).toEqual([
    [{ runs: 0, slices: 0, events: 0, outbox: 0 }],
    [{ runs: 1, slices: 1, events: 1, outbox: 1 }],
  ]);
});
