import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { isAlive } from './process-table.js';
import { type EmbeddedPostgres, startTemporaryPostgres } from './index.js';

let server: EmbeddedPostgres;

beforeAll(async () => {
  server = await startTemporaryPostgres();
}, 60_000);

afterAll(async () => {
  await server.stop();
}, 60_000);

test('the owner signs in with its password, owns the database and is no superuser', async () => {
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  const { rows } = await client.query(
    `SELECT usesuper AS super, current_database() AS database, pg_get_userbyid(datdba) AS owner,
            current_setting('server_encoding') AS encoding
     FROM pg_user, pg_database WHERE usename = current_user AND datname = current_database()`,
  );
  await client.end();
  expect(rows).toEqual([{ super: false, database: 'quarry', owner: 'quarry_owner', encoding: 'UTF8' }]);
});

test('a wrong password is refused', async () => {
  const url = new URL(server.ownerUrl);
  url.password = 'guessed';
  const client = new pg.Client({ connectionString: url.href });
  await expect(client.connect()).rejects.toThrow('password authentication failed');
});

test('two servers may be started at once, and each is gone when stopped', async () => {
  const [a, b] = await Promise.all([startTemporaryPostgres(), startTemporaryPostgres()]);
  expect(a.port).not.toBe(b.port);
  await Promise.all([a.stop(), b.stop()]);
  expect([isAlive(a.pid), isAlive(b.pid)]).toEqual([false, false]);
}, 60_000);
