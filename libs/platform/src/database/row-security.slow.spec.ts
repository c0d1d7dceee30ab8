import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTemporaryPostgres, type EmbeddedPostgres } from '@quarry/platform/embedded';
import { Client } from 'pg';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { queueRun } from './queue-run.js';
import { roleUrl } from './roles.js';
import { resetPassword, seed, type SeededCredentials } from './seed.js';
import { verifyAudit } from './verify-audit.js';

let server: EmbeddedPostgres;
let owner: Client;
let appUrl: string;
let workerUrl: string;
let seeded: (SeededCredentials | null)[];
const mine = randomUUID();
const theirs = randomUUID();
/** Both share their dataset with it. */
const borrower = randomUUID();

beforeAll(async () => {
  server = await startTemporaryPostgres();
  await migrate(server.ownerUrl, server.passwords);
  await migrate(server.ownerUrl, server.passwords);
  appUrl = roleUrl(server.ownerUrl, 'quarry_app', server.passwords.app);
  workerUrl = roleUrl(server.ownerUrl, 'quarry_worker', server.passwords.worker);
  owner = await connected(server.ownerUrl);
  seeded = [await seed(server.ownerUrl), await seed(server.ownerUrl)];
  await owner.query(`INSERT INTO team (id, name) VALUES ($1, 'mine'), ($2, 'theirs'), ($3, 'borrower')`, [
    mine,
    theirs,
    borrower,
  ]);

  for (const team of [mine, theirs]) await oneOfEach(team);
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

/** A row of this team in every table, written by the roles that write it. */
async function oneOfEach(team: string): Promise<void> {
  const [user, session, strategy, dataset, run, slice] = Array.from({ length: 6 }, () => randomUUID());
  const hash = 'a'.repeat(64);
  const bytes = randomBytes(32);
  const statements: [string, string, unknown[]][] = [
    [appUrl, `INSERT INTO app_user (id, email, name) VALUES ($1, $2, 'One')`, [user, `${team}@example.com`]],
    [appUrl, `INSERT INTO credential (user_id, password_hash) VALUES ($1, 'hash')`, [user]],
    [appUrl, `INSERT INTO recovery_code (user_id, code_hash) VALUES ($1, $2)`, [user, bytes]],
    [appUrl, `INSERT INTO team_limit (team_id, concurrent_slices) VALUES ($1, 4)`, [team]],
    [appUrl, `INSERT INTO team_retention (team_id, run_days) VALUES ($1, 30)`, [team]],
    [appUrl, `INSERT INTO deleted_run (team_id, run_id) VALUES ($1, $2)`, [team, session]],
    [
      appUrl,
      `INSERT INTO provider_key (team_id, provider, name, hint, sealed) VALUES ($1, 'x', 'x', '', $2)`,
      [team, bytes],
    ],
    [
      appUrl,
      `INSERT INTO webhook (id, team_id, url, events, sealed_secret) VALUES ($1, $2, '', '{}', $3)`,
      [session, team, bytes],
    ],
    [
      appUrl,
      `INSERT INTO schedule (team_id, work, strategy_id, dataset_id, cron, time_zone) VALUES ($1, '{}', $2, $2, '', '')`,
      [team, session],
    ],
    [appUrl, `INSERT INTO webhook_delivery (team_id, webhook_id, event) VALUES ($1, $2, 'test')`, [team, session]],
    [appUrl, `INSERT INTO membership (team_id, user_id, role) VALUES ($1, $2, 'quant')`, [team, user]],
    [appUrl, `INSERT INTO session (id, team_id, user_id) VALUES ($1, $2, $3)`, [session, team, user]],
    [
      appUrl,
      `INSERT INTO session_token (refresh_hash, access_hash, team_id, session_id, access_until, refresh_until)
       VALUES ($1, $1, $2, $3, now(), now())`,
      [bytes, team, session],
    ],
    [
      appUrl,
      `INSERT INTO invitation (team_id, email, role, token_hash, expires_at) VALUES ($1, 'x', 'quant', $2, now())`,
      [team, bytes],
    ],
    [
      appUrl,
      `INSERT INTO password_reset (token_hash, team_id, user_id, expires_at) VALUES ($1, $2, $3, now())`,
      [bytes, team, user],
    ],
    [
      appUrl,
      `INSERT INTO api_token (team_id, user_id, name, scope, token_hash, hint, expires_at)
       VALUES ($1, $2, 'ci', 'read', $3, '', now())`,
      [team, user, bytes],
    ],
    [
      appUrl,
      `INSERT INTO audit_event (team_id, sequence, at, actor, action, subject, previous, hash)
       VALUES ($1, 1, now(), 'one', 'signed-in', '{}', $2, $2)`,
      [team, bytes],
    ],
    [
      appUrl,
      `INSERT INTO strategy (id, team_id, name, latest_version) VALUES ($1, $2, 'one', $3)`,
      [strategy, team, hash],
    ],
    [
      appUrl,
      `INSERT INTO strategy_version (team_id, strategy_id, hash, number, source, check_run_id) VALUES ($1, $2, $3, 1, '{}', $4)`,
      [team, strategy, hash, run],
    ],
    [appUrl, `INSERT INTO dataset (id, team_id, name, ingest_run_id) VALUES ($1, $2, 'one', $3)`, [dataset, team, run]],
    [
      appUrl,
      `INSERT INTO dataset_share (team_id, dataset_id, borrower_id) VALUES ($1, $2, $3)`,
      [team, dataset, borrower],
    ],
    [
      workerUrl,
      `INSERT INTO dataset_version (team_id, dataset_id, hash, info, files) VALUES ($1, $2, $3, '{}', '[]')`,
      [team, dataset, hash],
    ],
    [appUrl, `INSERT INTO upload (team_id, file_name, bytes) VALUES ($1, 'one.csv', 1)`, [team]],
    [appUrl, `INSERT INTO run (id, team_id, kind, work) VALUES ($1, $2, 'check', '{}')`, [run, team]],
    [appUrl, `INSERT INTO slice (id, team_id, run_id, index) VALUES ($1, $2, $3, 0)`, [slice, team, run]],
    [
      workerUrl,
      `INSERT INTO slice_attempt (team_id, slice_id, attempt, worker) VALUES ($1, $2, 1, 'spec')`,
      [team, slice],
    ],
    [appUrl, `INSERT INTO run_event (team_id, run_id, sequence, body) VALUES ($1, $2, 1, '{}')`, [team, run]],
    [
      workerUrl,
      `INSERT INTO artifact (team_id, run_id, name, key, bytes, content_type) VALUES ($1, $2, 'one', 'one', 1, 'text/plain')`,
      [team, run],
    ],
    [
      workerUrl,
      `INSERT INTO trial (team_id, family, params_hash, data_hash, sharpe, observations) VALUES ($1, 'one', 'p', 'd', 1, 1)`,
      [team],
    ],
  ];
  for (const url of [appUrl, workerUrl]) {
    const client = await connected(url);
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.team_id', $1, true), set_config('app.user_id', $2, true)`, [team, user]);
    // The worker's rows hang on the application's, which are committed first.
    for (const [as, sql, values] of statements) if (as === url) await client.query(sql, values);
    await client.query('COMMIT');
    await client.end();
  }
}

interface Table {
  readonly name: string;
  readonly enabled: boolean;
  readonly forced: boolean;
  readonly columns: string[];
}

/** Every table of the schema, as the server's catalogue has it, but for the list of migrations. */
async function tablesOfCatalogue(): Promise<Table[]> {
  const { rows } = await owner.query<Table>(
    `SELECT relname AS name, relrowsecurity AS enabled, relforcerowsecurity AS forced,
       array_agg(attname::text ORDER BY attnum) AS columns
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
     WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migration'
     GROUP BY 1, 2, 3 ORDER BY 1`,
  );
  return rows;
}

/** Counters under hashes of addresses: of nobody, and nothing to read. */
const counters: Record<string, string[]> = {
  request_bucket: ['bucket', 'tokens', 'filled_at'],
  sign_in_lock: ['account', 'misses', 'last_at', 'locked_until'],
  sign_in_window: ['bucket', 'started_at', 'attempts'],
};

describe('SAFETY bar 32: row level security', () => {
  test.each(['quarry_app', 'quarry_worker', 'quarry_relay'])('%s owns no table and passes no policy', async (role) => {
    const { rows } = await owner.query<{ rolsuper: boolean; rolbypassrls: boolean; owned: number }>(
      `SELECT rolsuper, rolbypassrls, (SELECT count(*)::int FROM pg_class WHERE relowner = pg_roles.oid) AS owned
       FROM pg_roles WHERE rolname = $1`,
      [role],
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, owned: 0 }]);
  });

  test('every table is under forced row security, but for counters that hold hashes and numbers only', async () => {
    const tables = await tablesOfCatalogue();
    const open = tables.filter(({ enabled, forced }) => !enabled || !forced);
    expect(tables.length).toBeGreaterThan(18);
    expect(Object.fromEntries(open.map(({ name, columns }) => [name, columns]))).toEqual(counters);
  });

  test.each(['quarry_app', 'quarry_worker'])(
    'a query of %s without WHERE shows the own team only, in every table of the catalogue; without a team, nothing',
    async (role) => {
      const client = await connected(role === 'quarry_app' ? appUrl : workerUrl);
      const leaks: string[] = [];
      const shown: string[] = [];
      for (const { name, columns } of await tablesOfCatalogue()) {
        if (name in counters) continue;
        const [granted] = (
          await client.query<{ yes: boolean }>(`SELECT has_table_privilege($1, 'SELECT') AS yes`, [name])
        ).rows;
        if (granted?.yes !== true) continue;
        // Whose a row is: its team, or the user, who has the team in the address here.
        const whose = columns.includes('team_id')
          ? 'team_id::text'
          : { team: 'id::text', app_user: `replace(email, '@example.com', '')` }[name];
        const nothing = await client.query(`SELECT 1 FROM ${name}`);
        await client.query('BEGIN');
        await client.query(`SELECT set_config('app.team_id', $1, true)`, [mine]);
        const { rows } = await client.query<{ whose: string }>(`SELECT ${whose ?? 'NULL'} AS whose FROM ${name}`);
        await client.query('COMMIT');
        const after = await client.query(`SELECT 1 FROM ${name}`);
        if (nothing.rowCount !== 0 || after.rowCount !== 0 || rows.some((row) => row.whose !== mine)) leaks.push(name);
        if (rows.length > 0) shown.push(name);
      }
      await client.end();
      const secrets = ['credential', 'recovery_code'];
      const ofTheCluster = ['cluster', 'cluster_sample', 'team_share', 'worker'];
      const expected = {
        quarry_app: (await tablesOfCatalogue())
          .map(({ name }) => name)
          .filter((name) => !(name in counters) && !secrets.includes(name) && !ofTheCluster.includes(name)),
        quarry_worker: [
          'artifact',
          'dataset',
          'dataset_share',
          'dataset_version',
          'deleted_run',
          'run',
          'run_event',
          'slice',
          'slice_attempt',
          'strategy',
          'strategy_version',
          'trial',
          'upload',
        ],
      }[role];
      expect({ leaks, shown }).toEqual({ leaks: [], shown: expected });
    },
  );

  test('passwords and recovery codes are shown to a transaction that asks as their user, one by one', async () => {
    const client = await connected(appUrl);
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.team_id', $1, true)`, [mine]);
    const colleagues = await client.query<{ id: string }>('SELECT id FROM app_user');
    await client.query(`SELECT set_config('app.user_id', $1, true)`, [colleagues.rows[0]?.id]);
    const own = await client.query('SELECT user_id FROM credential UNION ALL SELECT user_id FROM recovery_code');
    await client.query('ROLLBACK');
    await client.end();
    expect(own.rows).toEqual(Array.from({ length: 2 }, () => ({ user_id: colleagues.rows[0]?.id })));
  });

  test('SAFETY bar 40: the audit log is written once: neither the application nor the owner changes or deletes it', async () => {
    const client = await connected(appUrl);
    for (const statement of [`UPDATE audit_event SET actor = 'x'`, 'DELETE FROM audit_event', 'TRUNCATE audit_event']) {
      await expect(client.query(statement)).rejects.toThrow('permission denied');
    }
    await client.end();
    await expect(owner.query('TRUNCATE audit_event')).rejects.toThrow('Rows of audit_event are written once.');
    const changed = await owner.query(`UPDATE audit_event SET actor = 'x'`);
    const deleted = await owner.query('DELETE FROM audit_event');
    expect([changed.rowCount, deleted.rowCount]).toEqual([0, 0]);
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

  test.each(['quarry_app', 'quarry_worker'])(
    'what two teams share with a third shows %s their datasets and accepted versions, and is not its to change',
    async (role) => {
      const client = await connected(role === 'quarry_app' ? appUrl : workerUrl);
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.team_id', $1, true)`, [borrower]);
      const shown: Record<string, number> = {};
      for (const { name, columns } of await tablesOfCatalogue()) {
        const granted = `SELECT has_table_privilege($1, 'SELECT') AS yes`;
        if (!columns.includes('team_id') || !(await client.query<{ yes: boolean }>(granted, [name])).rows[0]?.yes)
          continue;
        const { rowCount } = await client.query(`SELECT FROM ${name}`);
        if (rowCount !== 0) shown[name] = rowCount ?? 0;
      }
      const changes = [
        `DELETE FROM dataset_version`,
        `UPDATE dataset_version SET deleted_at = now()`,
        ...(role === 'quarry_app' ? [`UPDATE dataset SET deleted_at = now()`, 'DELETE FROM dataset_share'] : []),
      ];
      const changed: (number | null)[] = [];
      for (const change of changes) changed.push((await client.query(change)).rowCount);
      const passedOn = client.query(
        `INSERT INTO dataset_share (team_id, dataset_id, borrower_id) SELECT $1, id, $2 FROM dataset`,
        [borrower, mine],
      );
      await expect(passedOn).rejects.toThrow(role === 'quarry_app' ? 'foreign key' : 'permission denied');
      await client.query('ROLLBACK');
      await client.end();
      expect([shown, changed]).toEqual([{ dataset: 2, dataset_share: 2, dataset_version: 2 }, changes.map(() => 0)]);
    },
  );

  test('the relay sees ids of waiting slices and no word of what they hold', async () => {
    const client = await connected(appUrl);
    await client.query('BEGIN; SET LOCAL ROLE quarry_relay');
    await client.query('SAVEPOINT before');
    for (const statement of [
      'SELECT * FROM run',
      'SELECT * FROM strategy_version',
      'SELECT password_hash FROM credential',
      'SELECT email FROM app_user',
    ]) {
      await expect(client.query(statement)).rejects.toThrow('permission denied');
      await client.query('ROLLBACK TO before');
    }
    await client.query('ROLLBACK');
    await client.end();
  });

  test('the worker reads no user, password or session', async () => {
    const client = await connected(workerUrl);
    for (const table of [
      'app_user',
      'credential',
      'session',
      'membership',
      'api_token',
      'audit_event',
      'sign_in_window',
    ]) {
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

test('the admin is seeded once, and the credentials are told once', () => {
  expect(seeded.map((credentials) => credentials?.email ?? null)).toEqual(['admin@quarry.local', null]);
});

test('a password that is reset at the machine stands in the audit log of the user’s team, which holds', async () => {
  const reset = await resetPassword(server.ownerUrl, 'ADMIN@quarry.local');
  const { chains, missing } = await verifyAudit(server.ownerUrl, ['f'.repeat(64)]);
  const admins = chains.find(({ team }) => team === 'Quarry');
  const planted = chains.find(({ teamId }) => teamId === mine);
  expect([reset?.email, admins?.events, admins?.brokenAt, missing]).toEqual([
    'ADMIN@quarry.local',
    1,
    null,
    ['f'.repeat(64)],
  ]);
  expect(planted?.brokenAt).toBe(1);
});

test('a run that is queued has its slice and its first event, or nothing at all', async () => {
  const database = await Database.connect(appUrl, { applicationName: 'spec' });
  const team = randomUUID();
  await owner.query(`INSERT INTO team (id, name) VALUES ($1, 'new')`, [team]);
  const work = { kind: 'check', strategyVersion: 'a'.repeat(64) } as const;
  const count = (): Promise<unknown[]> =>
    database.inTeam(team, (scope) =>
      scope.rows(`SELECT (SELECT count(*)::int FROM run) AS runs, (SELECT count(*)::int FROM slice) AS slices,
        (SELECT count(*)::int FROM run_event) AS events`),
    );
  await expect(
    database.inTeam(team, async (scope) => {
      await queueRun(scope, { work, createdBy: null });
      throw new Error('the process dies here');
    }),
  ).rejects.toThrow('dies here');
  const before = await count();
  await database.inTeam(team, (scope) => queueRun(scope, { work, createdBy: null }));
  const after = await count();
  await database.close();
  expect([before, after]).toEqual([[{ runs: 0, slices: 0, events: 0 }], [{ runs: 1, slices: 1, events: 1 }]]);
});
