import { expect, test } from '@jest/globals';
import { startTemporaryPostgres } from '@quarry/platform/embedded';
import { DataSource } from 'typeorm';
import { Database } from './database.js';
import { migrate } from './migrate.js';
import { FirstVersion1763683200000 } from './migrations/first-version.js';
import { hashPassword, verifyPassword } from './password.js';
import { ensureRoles, roleUrl } from './roles.js';

test('a database of the first version is brought up to date: passwords stay, sessions end', async () => {
  const server = await startTemporaryPostgres();
  const owner = await new DataSource({
    type: 'postgres',
    url: server.ownerUrl,
    installExtensions: false,
    migrations: [FirstVersion1763683200000],
    migrationsTableName: 'schema_migration',
  }).initialize();
  await ensureRoles(owner, server.passwords);
  await owner.runMigrations();
  const [user] = await owner.query<{ id: string }[]>(
    `WITH made AS (INSERT INTO team (name) VALUES ('Quarry') RETURNING id),
          someone AS (INSERT INTO app_user (email, name, password_hash) VALUES ('a@b.c', 'A', $1) RETURNING id),
          member AS (INSERT INTO membership (team_id, user_id, role) SELECT made.id, someone.id, 'admin' FROM made, someone RETURNING *)
     SELECT user_id AS id FROM member`,
    [await hashPassword('kept')],
  );
  await owner.query(
    `INSERT INTO session (team_id, user_id, token_hash, expires_at) SELECT team_id, user_id, 'x', now() FROM membership`,
  );
  await owner.destroy();

  await migrate(server.ownerUrl, server.passwords);
  const database = await Database.connect(roleUrl(server.ownerUrl, 'quarry_app', server.passwords.app), {
    applicationName: 'spec',
  });
  const [credential, sessions] = await database.asStranger(async (stranger) => {
    await stranger.identify('user_id', user?.id ?? '');
    const [found] = await stranger.rows<{ password_hash: string }>('SELECT password_hash FROM credential');
    return [found, await stranger.rows('SELECT 1 FROM session')];
  });
  await database.close();
  await server.stop();
  expect([await verifyPassword('kept', credential?.password_hash ?? ''), sessions]).toEqual([true, []]);
}, 60_000);
